package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools people have at hand. */
class ToolsIT {

    private static final int MANY = 20_000;

    @TempDir
    Path directory;

    private Path journal;
    private DaemonProcess daemon;

    @BeforeEach
    void start() throws IOException {
        journal = directory.resolve("lines.log");
        daemon = DaemonProcess.on(journal).up();
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    @Test
    void netcat() throws Exception {
        assertThat(shell("nc", "printf 'hello\\nworld\\n' | nc -N localhost %d")).isEqualTo("OK 1\nOK 2\n");
    }

    @Test
    void logger() throws Exception {
        shell("logger", "logger --tcp -n localhost -P %d --rfc3164 -t me one message");
        shell("logger", "seq " + MANY + " | logger --tcp -n localhost -P %d -t me");

        await().untilAsserted(() -> assertThat(journal).content().containsPattern(" " + MANY + "\n"));
        List<String> lines = Files.readAllLines(journal);
        assertThat(lines).hasSize(1 + MANY);
        assertThat(lines.get(0)).endsWith("me: one message");
    }

    private String shell(String tool, String command) throws IOException, InterruptedException {
        assumeTrue(run("command -v " + tool).waitFor() == 0, tool + " is not installed");
        Process process = run(String.format(command, daemon.tcpPort()));
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).isZero();
        return output;
    }

    private static Process run(String command) throws IOException {
        return new ProcessBuilder("sh", "-c", command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
