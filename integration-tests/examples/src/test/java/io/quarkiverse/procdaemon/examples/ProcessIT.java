package io.quarkiverse.procdaemon.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessIT {

    @TempDir
    Path directory;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void sigtermStopsAllAndExitsWith143() throws Exception {
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Dreceiver.port=0",
                "-Dquarkus.http.port=0", "-jar", "target/quarkus-app/quarkus-run.jar")
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.readString(log).contains("Listening on"));

            // Sends SIGTERM.
            process.destroy();

            assertThat(process.waitFor(20, SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(Files.readString(log)).contains("signal TERM (exit code 143); 2 stopped").doesNotContain("WARN");
        } finally {
            process.destroyForcibly();
        }
    }
}
