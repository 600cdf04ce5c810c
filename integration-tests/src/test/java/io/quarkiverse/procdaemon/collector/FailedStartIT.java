package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A start that does not succeed leaves nothing running, exits with 1 and says which subsystem it was. */
class FailedStartIT {

    /** Takes minutes to read, and no space on disk. */
    private static final long ENDLESS = 1L << 42;

    @TempDir
    Path directory;

    /** One attempt is enough to see it. */
    private static DaemonProcess.Launch launch(Path journal) {
        return DaemonProcess.on(journal).with("quarkus.proc-daemon.subsystem.restart.max-restarts", "0");
    }

    @Test
    void whenTheConfigurationIsWrong() throws Exception {
        String key = "quarkus.proc-daemon.";
        try (DaemonProcess daemon = launch(directory.resolve("lines.log")).with(key + "shutdown.graceful-timeout", "soon")
                .with(key + "reload.debounce", "0").with(key + "subsystem.ingest.heartbeat-timeut", "1s").start()) {
            assertThat(daemon.awaitExit()).isEqualTo(1);
            assertThat(daemon.log()).containsOnlyOnce("PD-1002: the configuration of the daemon has 3 problems:")
                    .contains(key + "shutdown.graceful-timeout (soon) is not a duration;")
                    .contains(key + "reload.debounce (0s) must be greater than zero;")
                    .contains(key + "subsystem.ingest.heartbeat-timeut: there is no such key; did you mean " + key
                            + "subsystem.\"ingest\".heartbeat-timeout?")
                    .doesNotContain("\tat ", "Opening ");
        }
    }

    /** Nobody may see the standard error. The log on the console does not repeat what is there. */
    @ParameterizedTest
    @CsvSource({ "quarkus.proc-daemon.reload.debounce, 0, PD-1002: the configuration of the daemon has a problem:",
            "collector.journal, /, PD-4002: the daemon does not start because subsystem 'journal' failed" })
    void theLogFileSaysWhyToo(String key, String value, String message) throws Exception {
        Path file = directory.resolve("daemon.log");
        try (DaemonProcess daemon = launch(directory.resolve("lines.log")).with(key, value)
                .with("quarkus.log.file.enabled", "true").with("quarkus.log.file.path", file.toString()).start()) {
            assertThat(daemon.awaitExit()).isEqualTo(1);
            assertThat(daemon.log()).containsOnlyOnce(message);
            assertThat(Files.readString(file)).containsOnlyOnce(message)
                    .containsPattern("ERROR \\[io\\.qua\\.procdaemon\\] .*" + Pattern.quote(message));
        }
    }

    @Test
    void whenTheJournalIsADirectory() throws Exception {
        try (DaemonProcess daemon = launch(directory).start()) {
            assertThat(daemon.awaitExit()).isEqualTo(1);
            assertThat(daemon.log()).containsOnlyOnce("the daemon does not start because subsystem 'journal' failed")
                    .contains("The journal " + directory + " is a directory: set collector.journal to a file")
                    .doesNotContain("Listening on");
        }
    }

    @Test
    void whenThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0);
                DaemonProcess daemon = launch(directory.resolve("lines.log"))
                        .with("collector.port", Integer.toString(taken.getLocalPort())).start()) {
            assertThat(daemon.awaitExit()).isEqualTo(1);
            assertThat(daemon.log()).containsOnlyOnce("the daemon does not start because subsystem 'ingest' failed")
                    .contains("Cannot listen on 0.0.0.0:" + taken.getLocalPort())
                    .contains("Closed " + directory.resolve("lines.log"));
        }
    }

    @Test
    void whenAnotherCollectorHasTheJournal() throws Exception {
        Path journal = directory.resolve("lines.log");
        try (DaemonProcess first = DaemonProcess.on(journal).up();
                DaemonProcess second = launch(journal).start();
                LineClient client = first.connect()) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.log()).containsOnlyOnce("the daemon does not start because subsystem 'journal' failed")
                    .contains("The journal " + journal + " is in use by another running collector");
            assertThat(client.send("still here\n").answer()).isEqualTo("OK 1");
        }
    }

    @Test
    void whenItTakesTooLong() throws Exception {
        try (DaemonProcess daemon = launch(endless())
                .with("quarkus.proc-daemon.subsystem.start-timeout", "1s").start()) {
            assertThat(daemon.awaitExit()).isEqualTo(1);
            assertThat(daemon.log()).containsOnlyOnce("the daemon does not start because subsystem 'journal' failed")
                    .contains("start-timeout").doesNotContain("Listening on");
        }
        assertThat(directory.resolve("endless.log")).as("what was not read to its end is left alone").hasSize(ENDLESS);
    }

    @Test
    void whenItIsTerminatedMeanwhile() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.on(endless()).start()) {
            daemon.awaitLog("\\[Journal] Opening " + directory);
            daemon.terminate();
            assertThat(daemon.awaitExit(Duration.ofSeconds(10))).isIn(1, 143);
            assertThat(daemon.log()).doesNotContain("Listening on");
        }
        assertThat(directory.resolve("endless.log")).hasSize(ENDLESS);
    }

    private Path endless() throws IOException {
        Path journal = directory.resolve("endless.log");
        try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
            file.setLength(ENDLESS);
        }
        return journal;
    }
}
