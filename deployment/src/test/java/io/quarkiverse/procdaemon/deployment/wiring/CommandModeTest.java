package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/** However a command-mode application ends, no wrong exit code is reported, and no failure is CLEAN. */
@Timeout(120)
class CommandModeTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Journal.class, Command.class))
            .setApplicationName("command");

    @ProdBuildResults
    ProdModeTestResults build;

    @TempDir
    Path directory;

    @Subsystem
    static class Journal {
        @OnStop
        void close() {
            System.out.println("trace: journal stops");
        }
    }

    @QuarkusMain
    static class Command implements QuarkusApplication {

        @Inject
        Daemon daemon;

        @ConfigProperty(name = "fails-to-start", defaultValue = "false")
        boolean failsToStart;

        void start(@Observes @Priority(5000) StartupEvent event) {
            if (failsToStart) {
                throw new IllegalStateException("too late");
            }
        }

        @Override
        public int run(String... what) {
            switch (what[0]) {
                case "throw" -> throw new IllegalStateException("boom");
                case "error" -> throw new AssertionError("boom");
                case "exit" -> System.exit(3);
                case "async-exit" -> Quarkus.asyncExit(7);
                case "shutdown" -> daemon.shutdown(7);
                case "shutdown-and-throw" -> {
                    daemon.shutdown(7);
                    throw new IllegalStateException("boom");
                }
                default -> {
                    return Integer.parseInt(what[0]);
                }
            }
            return 0;
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            0                  | 0 | 0 | CLEAN  | requested by the end of the application
            5                  | 5 | 5 | CLEAN  | requested by the end of the application
            async-exit         | 7 | 7 | CLEAN  | requested by the end of the application
            shutdown           | 7 | 7 | CLEAN  | requested by Daemon.shutdown(7)
            shutdown-and-throw | 7 | 7 | CLEAN  | requested by Daemon.shutdown(7)
            exit               | 3 | - | CLEAN  | requested by the end of the JVM
            throw              | 1 | - | FAILED | requested by the application, whose run method threw a java.lang.IllegalStateException
            error              | 1 | - | FAILED | requested by the application, whose run method threw a java.lang.AssertionError
            fails-to-start     | 1 | - | FAILED | requested by the application, whose start failed after its subsystems had started
            """)
    void endsAsItSays(String what, int exitCode, String claimed, String outcome, String reason) throws Exception {
        Path output = directory.resolve("output");
        Path report = directory.resolve("report");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dquarkus.proc-daemon.shutdown.report-file=" + report, "-Dfails-to-start=" + what.equals("fails-to-start"),
                "-jar", build.getBuiltArtifactPath().toString(), what).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends:%n%s", output).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isEqualTo(exitCode);
        assertThat(said).contains("trace: journal stops");
        String code = claimed == null ? "" : " (exit code " + claimed + ")";
        assertThat(said).containsPattern("command has shut down in .*: \\Q" + reason + code + "\\E; 1 stopped");
        Properties entries = read(report);
        assertThat(entries).containsEntry("outcome", outcome).containsEntry("reason", reason);
        assertThat(entries.getProperty("exit-code")).isEqualTo(claimed);
    }

    private static Properties read(Path report) throws IOException {
        Properties entries = new Properties();
        try (Reader reader = Files.newBufferedReader(report)) {
            entries.load(reader);
        }
        return entries;
    }
}
