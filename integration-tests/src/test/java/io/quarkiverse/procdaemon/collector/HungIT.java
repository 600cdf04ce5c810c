package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that hangs, as it would when the disk does, and that no interrupt ends. */
class HungIT {

    /** The heartbeat timeout, the stop timeout and the time from interrupt to abandonment are 3.5 s together. */
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String HUNG = "PD-7003: subsystem 'ingest#1' has given no heartbeat for 2s and counts as hung; the"
            + " stack shows where its body is; raise subsystem.heartbeat-timeout if it may be silent for longer";
    private static final String ABANDONED = "PD-7002: subsystem 'ingest#1' did not end though it was interrupted, and was"
            + " abandoned in its body; the stack shows where it hangs";
    private static final String[] STORY = {
            "INFO ingest#1 STARTING -> RUNNING (took T)",
            "WARN ingest#1 RUNNING -> STOPPING: it failed: io.quarkiverse.procdaemon.SubsystemException: " + HUNG,
            "WARN ingest#1 STOPPING: not ended in time, interrupted after T",
            "ERROR ingest#1 STOPPING: not ended though interrupted, abandoned after T",
            "WARN ingest#1 STOPPING: its stop failed: io.quarkiverse.procdaemon.SubsystemException: " + ABANDONED,
            "ERROR ingest#1 STOPPING -> FAILED for good: it ignored its interrupt and was abandoned" };

    @TempDir
    Path directory;

    private Path pipe;

    @BeforeEach
    void makePipe() throws IOException, InterruptedException {
        pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor()).isZero();
    }

    private DaemonProcess.Launch launch() {
        return DaemonProcess.on(directory.resolve("lines.log")).withHooks()
                .with("collector.test-hooks.pipe", pipe.toString())
                .withRule("ingest", "heartbeat-timeout", "2s").withRule("ingest", "stop-timeout", "500ms")
                .with("quarkus.proc-daemon.shutdown.graceful-timeout", "1s")
                .with("quarkus.proc-daemon.shutdown.force-timeout", "2s")
                .with("quarkus.proc-daemon.shutdown.kill-timeout", "3s");
    }

    @ParameterizedTest
    @CsvSource({ "IGNORE_INTERRUPTS, ignoreInterrupts, platform", "BLOCK, block, platform", "BLOCK, block, auto" })
    void itIsAbandonedAndReportedAndEndsTheProcess(String fault, String where, String thread) throws Exception {
        try (DaemonProcess daemon = launch().withRule("ingest", "thread", thread).up(); LineClient client = daemon.connect()) {
            daemon.http().arm("append", fault);
            client.send("stuck\n");
            assertThat(daemon.awaitExit(SOON)).isEqualTo(1);

            assertThat(daemon.storyOf("ingest")).containsExactly(STORY);
            assertStack(daemon, HUNG, where);
            assertStack(daemon, ABANDONED, where);
            for (String other : new String[] { "tally", "journal" }) {
                assertThat(daemon.storyOf(other)).containsExactly(
                        "INFO " + other + "#1 STARTING -> RUNNING (took T)",
                        "DEBUG " + other + "#1 RUNNING -> STOPPING: 'ingest' failed",
                        "DEBUG " + other + "#1 STOPPING -> STOPPED (took T)");
            }
        }
    }

    private static void assertStack(DaemonProcess daemon, String message, String where) {
        assertThat(daemon.log()).containsPattern("\\Q" + message + "\\E\n(\tat .*\n)*\tat .*Mishaps\\." + where
                + "\\(.*\n(\tat .*\n)*\tat .*LineServer\\.serve\\(");
    }

    @ParameterizedTest
    @ValueSource(strings = { "IGNORE_INTERRUPTS", "BLOCK" })
    void noOtherRunIsEverStartedBesideIt(String fault) throws Exception {
        try (DaemonProcess daemon = launch().withRule("ingest", "restart.on-exhausted", "fail").up();
                LineClient client = daemon.connect()) {
            DaemonHttp http = daemon.http();
            http.arm("append", fault);
            client.send("stuck\n");
            daemon.awaitLog("ingest#1 STOPPING -> FAILED for good");

            assertThat(http.liveness().status()).isEqualTo("DOWN");
            assertThat(http.readiness("ingest").state()).isEqualTo("FAILED");
            assertThat(http.readiness("ingest").data().getString("lastFailure")).isEqualTo(ABANDONED);
            assertThat(http.readiness("journal").isUp()).isTrue();
            for (String command : new String[] { "start", "restart" }) {
                HttpResponse<String> refused = http.send("POST", "/test-hooks/subsystems/ingest/" + command);
                assertThat(refused.statusCode()).isEqualTo(409);
                assertThat(refused.body()).isEqualTo("PD-7002: subsystem 'ingest#1' was abandoned and still runs, so it cannot"
                        + " be started again; restart the process");
            }
            assertThat(http.subsystem("ingest").getInteger("generation")).isEqualTo(1);

            daemon.terminate();
            assertThat(daemon.awaitExit(SOON)).isEqualTo(143);
            assertThat(daemon.wholeStoryOf("ingest")).filteredOn(line -> line.endsWith("-> STARTING"))
                    .containsExactly("DEBUG ingest#1 WAITING -> STARTING");
        }
    }
}
