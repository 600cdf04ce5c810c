package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What the daemon does when its process uses more than it should: with a small heap and a body that leaks, or litters. */
@Isolated("collections of garbage take all processors")
class SoftLimitsIT {

    private static final String P = "quarkus.proc-daemon.resources.";
    /** Far more than a leak needs. */
    private static final int MANY = 20_000;

    @TempDir
    Path directory;

    private DaemonProcess.Launch launch() {
        return Ending.patient(directory).withVmOptions("-Xmx64m").with(P + "interval", "20ms")
                .with(P + "heap-soft-limit", "75%");
    }

    /** Sends lines until the log has that, or the process ends. */
    private static void sendUntil(String logged, DaemonProcess daemon) throws IOException {
        try (LineClient client = daemon.connect()) {
            for (int line = 1; line <= MANY && !daemon.log().contains(logged) && daemon.isAlive(); line++) {
                client.send("line " + line + "\n").answer();
            }
        } catch (IOException ended) {
            assertThat(daemon.log()).contains(logged);
        }
    }

    @Test
    void aLeakEndsInOrderBeforeTheMemoryDoes() throws Exception {
        try (DaemonProcess daemon = launch().with(P + "on-limit", "shutdown").up()) {
            daemon.http().arm("append", "LEAK");
            sendUntil("The soft limit of the heap", daemon);
            assertThat(daemon.awaitExit()).isEqualTo(1);
            assertThat(daemon.log()).containsPattern("The soft limit of the heap is exceeded: [0-9.]+ MiB in use after a"
                    + " collection, the limit is [0-9.]+ MiB; the daemon shuts down")
                    .contains("line-collector is shutting down: out of heap space (exit code 1)")
                    .doesNotContain("OutOfMemoryError");
            assertThat(daemon.log()).containsSubsequence("ingest#1 STOPPING -> STOPPED", "journal#1 STOPPING -> STOPPED");
            assertThat(Report.read(Ending.file(directory)).ended()).containsOnlyKeys("journal", "tally", "ingest")
                    .doesNotContainValue("ABANDONED");
        }
    }

    @Test
    void garbageIsNoLeak() throws Exception {
        try (DaemonProcess daemon = launch().with(P + "on-limit", "shutdown").up()) {
            daemon.http().arm("append", "LITTER");
            try (LineClient client = daemon.connect()) {
                for (int line = 1; line <= 1000; line++) {
                    client.send("line " + line + "\n").answer();
                }
            }
            daemon.terminate();
            assertThat(daemon.awaitExit()).isEqualTo(143);
            assertThat(daemon.log()).doesNotContain("soft limit");
        }
    }

    @Test
    void aWarningIsTakenBack() throws Exception {
        try (DaemonProcess daemon = launch().up()) {
            daemon.http().arm("append", "LEAK");
            sendUntil("; the daemon continues, as resources.on-limit is warn", daemon);
            daemon.http().arm("append", "FORGET");
            sendUntil("The heap is below its soft limit again: ", daemon);
            daemon.terminate();
            assertThat(daemon.awaitExit()).isEqualTo(143);
            assertThat(daemon.log()).doesNotContain("OutOfMemoryError");
        }
    }

    @Test
    void theMemoryOfTheProcess() throws Exception {
        try (DaemonProcess daemon = launch().without(P + "heap-soft-limit").with(P + "memory-soft-limit", "1M")
                .with(P + "on-limit", "shutdown").start()) {
            assertThat(daemon.awaitExit()).isEqualTo(1);
            assertThat(daemon.log())
                    .containsPattern("The soft limit of the memory is exceeded: [0-9.]+ MiB in use, the limit is"
                            + " 1.0 MiB; the daemon shuts down")
                    .contains("line-collector is shutting down: out of memory (exit code 1)");
        }
    }
}
