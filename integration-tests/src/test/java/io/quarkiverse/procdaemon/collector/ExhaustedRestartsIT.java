package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A subsystem that keeps failing is restarted as often as allowed, then it has failed permanently. */
class ExhaustedRestartsIT {

    private static final String BODY_FAILED = " RUNNING -> STOPPING: it failed: java.lang.IllegalStateException: A test made"
            + " serve fail";
    private static final String BODY_FAILED_AGAIN = " RUNNING -> STOPPING: it failed as before (%d times):"
            + " IllegalStateException: A test made serve fail";
    private static final String START_FAILED = " STARTING -> STOPPING: its start failed: java.lang.IllegalStateException:"
            + " A test made bind fail";
    private static final String START_FAILED_AGAIN = " STARTING -> STOPPING: its start failed as before (%d times):"
            + " IllegalStateException: A test made bind fail";
    private static final String ALL_USED = "it was restarted 3 times within 5m, which is all that"
            + " subsystem.restart.max-restarts allows";

    @TempDir
    Path directory;

    private DaemonProcess.Launch launch() {
        return DaemonProcess.on(directory.resolve("lines.log")).withHooks()
                .with("quarkus.proc-daemon.subsystem.restart.initial-delay", "50ms")
                .with("quarkus.proc-daemon.subsystem.restart.max-delay", "100ms")
                .with("quarkus.proc-daemon.subsystem.restart.jitter", "0")
                .with("quarkus.proc-daemon.subsystem.restart.max-restarts", "3");
    }

    @Test
    void aBodyThatAlwaysFailsEndsTheProcess() throws Exception {
        try (DaemonProcess daemon = launch().withFault("serve", "FAIL").start()) {
            assertThat(daemon.awaitExit()).isEqualTo(1);

            assertThat(daemon.storyOf("ingest")).containsExactly(
                    "INFO ingest#1 STARTING -> RUNNING (took T)",
                    "WARN ingest#1" + BODY_FAILED,
                    "INFO ingest#1 STOPPING -> RESTARTING, again in 50ms (attempt 1)",
                    "INFO ingest#2 STARTING -> RUNNING (took T)",
                    "WARN ingest#2" + BODY_FAILED_AGAIN.formatted(2),
                    "INFO ingest#2 STOPPING -> RESTARTING, again in 100ms (attempt 2)",
                    "INFO ingest#3 STARTING -> RUNNING (took T)",
                    "WARN ingest#3" + BODY_FAILED_AGAIN.formatted(3),
                    "INFO ingest#3 STOPPING -> RESTARTING, again in 100ms (attempt 3)",
                    "INFO ingest#4 STARTING -> RUNNING (took T)",
                    "WARN ingest#4" + BODY_FAILED_AGAIN.formatted(4),
                    "ERROR ingest#4 STOPPING -> FAILED for good: " + ALL_USED
                            + ": java.lang.IllegalStateException: A test made serve fail");
            assertEndedInOrder(daemon);
        }
    }

    @Test
    void aBodyThatMayNotBeRestartedEndsTheProcessDuringItsStart() throws Exception {
        try (DaemonProcess daemon = launch().withFault("serve", "FAIL").withRule("ingest", "restart.max-restarts", "0")
                .start()) {
            assertThat(daemon.awaitExit()).isEqualTo(1);

            assertThat(daemon.storyOf("ingest")).containsExactly(
                    "INFO ingest#1 STARTING -> RUNNING (took T)",
                    "WARN ingest#1" + BODY_FAILED,
                    "ERROR ingest#1 STOPPING -> FAILED for good: it was restarted 0 times within 5m, which is all that"
                            + " subsystem.restart.max-restarts allows");
            // Whether the daemon counts as started by then is chance; that it ends in order is not.
            assertThat(daemon.storyOf("journal")).endsWith("DEBUG journal#1 RUNNING -> STOPPING: 'ingest' failed",
                    "DEBUG journal#1 STOPPING -> STOPPED (took T)");
        }
    }

    @Test
    void aStartThatAlwaysFailsIsNoStart() throws Exception {
        try (DaemonProcess daemon = launch().withFault("bind", "FAIL").start()) {
            assertThat(daemon.awaitExit()).isEqualTo(1);

            assertThat(daemon.storyOf("ingest")).containsExactly(
                    "WARN ingest#1" + START_FAILED,
                    "INFO ingest#1 STOPPING -> RESTARTING, again in 50ms (attempt 1)",
                    "WARN ingest#2" + START_FAILED_AGAIN.formatted(2),
                    "INFO ingest#2 STOPPING -> RESTARTING, again in 100ms (attempt 2)",
                    "WARN ingest#3" + START_FAILED_AGAIN.formatted(3),
                    "INFO ingest#3 STOPPING -> RESTARTING, again in 100ms (attempt 3)",
                    "WARN ingest#4" + START_FAILED_AGAIN.formatted(4),
                    "ERROR ingest#4 STOPPING -> FAILED for good: " + ALL_USED
                            + ": java.lang.IllegalStateException: A test made bind fail");
            assertEndedInOrder(daemon);
            assertThat(daemon.log()).doesNotContain("Listening on").endsWith("PD-4002: the daemon does not start because"
                    + " subsystem 'ingest' failed: IllegalStateException: A test made bind fail\n");
        }
    }

    @Test
    void aStartThatMayNotBeTriedAgainIsTriedOnce() throws Exception {
        try (DaemonProcess daemon = launch().with("quarkus.proc-daemon.start.retry", "false").withFault("bind", "FAIL")
                .start()) {
            assertThat(daemon.awaitExit()).isEqualTo(1);

            assertThat(daemon.storyOf("ingest")).containsExactly(
                    "WARN ingest#1" + START_FAILED,
                    "ERROR ingest#1 STOPPING -> FAILED for good: its start failed, which is not tried again because"
                            + " start.retry is false, as by default in dev mode and tests");
            assertEndedInOrder(daemon);
        }
    }

    @Test
    void aStartThatAlwaysHangsIsNoStartThoughNoWindowEverHoldsItsRestarts() throws Exception {
        String hung = "PD-7001: subsystem 'ingest' has not started within 200ms and was interrupted; raise"
                + " subsystem.start-timeout if it needs longer; the stack shows where it was";
        try (DaemonProcess daemon = launch().withFault("bind", "WAIT").withRule("ingest", "start-timeout", "200ms")
                .withRule("ingest", "restart.max-restarts", "2").withRule("ingest", "restart.window", "150ms").start()) {
            assertThat(daemon.awaitExit()).isEqualTo(1);

            String gaveUp = "it was restarted 2 times in a row without being RUNNING for 30s in between, which is all that"
                    + " subsystem.restart.max-restarts allows";
            assertThat(daemon.storyOf("ingest")).containsExactly(
                    "WARN ingest#1 STARTING -> STOPPING: its start failed: io.quarkiverse.procdaemon.SubsystemException: "
                            + hung,
                    "INFO ingest#1 STOPPING -> RESTARTING, again in 50ms (attempt 1)",
                    "WARN ingest#2 STARTING -> STOPPING: its start failed as before (2 times): " + hung,
                    "INFO ingest#2 STOPPING -> RESTARTING, again in 100ms (attempt 2)",
                    "WARN ingest#3 STARTING -> STOPPING: its start failed as before (3 times): " + hung,
                    "ERROR ingest#3 STOPPING -> FAILED for good: " + gaveUp
                            + ": io.quarkiverse.procdaemon.SubsystemException: " + hung);
            assertEndedInOrder(daemon);
        }
    }

    @Test
    void aStartThatFailsFromSomeTimeOnEndsTheProcess() throws Exception {
        try (DaemonProcess daemon = launch().up(); LineClient client = daemon.connect()) {
            daemon.http().arm("bind", "FAIL");
            daemon.http().armOnce("append", "FAIL");
            client.send("the last one\n");
            assertThat(daemon.awaitExit()).isEqualTo(1);

            assertThat(daemon.storyOf("ingest")).hasSize(9).endsWith(
                    "WARN ingest#4" + START_FAILED_AGAIN.formatted(3),
                    "ERROR ingest#4 STOPPING -> FAILED for good: " + ALL_USED
                            + ": java.lang.IllegalStateException: A test made bind fail");
            assertEndedInOrder(daemon);
        }
    }

    private static void assertEndedInOrder(DaemonProcess daemon) {
        for (String other : new String[] { "tally", "journal" }) {
            assertThat(daemon.storyOf(other)).containsExactly(
                    "INFO " + other + "#1 STARTING -> RUNNING (took T)",
                    "DEBUG " + other + "#1 RUNNING -> STOPPING: 'ingest' failed",
                    "DEBUG " + other + "#1 STOPPING -> STOPPED (took T)");
        }
        assertThat(daemon.log()).containsSubsequence(" -> FAILED for good: ", "tally#1 STOPPING -> STOPPED",
                "journal#1 RUNNING -> STOPPING");
    }

    @Test
    void onExhaustedFailLeavesTheProcessUpUntilItIsStartedByHand() throws Exception {
        String failure = "IllegalStateException: A test made watch fail";
        try (DaemonProcess daemon = launch().withRule("journal", "restart.on-exhausted", "fail").up()) {
            DaemonHttp http = daemon.http();
            http.arm("watch", "FAIL");
            assertThat(http.send("POST", "/test-hooks/subsystems/journal/restart").statusCode()).isEqualTo(200);
            daemon.awaitLog("ERROR .*journal#5 STOPPING -> FAILED for good: " + ALL_USED);

            assertThat(http.liveness().status()).isEqualTo("DOWN");
            assertThat(http.liveness().data().getString("journal")).isEqualTo("FAILED");
            assertThat(http.startup().isUp()).isTrue();
            DaemonHttp.Check journal = http.readiness("journal");
            assertThat(journal.status()).isEqualTo("DOWN");
            assertThat(journal.state()).isEqualTo("FAILED");
            assertThat(journal.data().getString("lastFailure")).isEqualTo(failure);
            assertThat(journal.data().getString("reason")).isEqualTo(failure);
            assertThat(journal.data().getInteger("restarts")).isEqualTo(3);
            assertThat(journal.data().getInteger("restartsLeft")).isZero();
            for (String dependent : new String[] { "ingest", "tally" }) {
                DaemonHttp.Check waiting = http.readiness(dependent);
                assertThat(waiting.status()).isEqualTo("DOWN");
                assertThat(waiting.state()).isEqualTo("WAITING");
                assertThat(waiting.data().getString("reason"))
                        .isEqualTo("waits for 'journal', which is FAILED: " + failure);
            }

            http.disarm("watch");
            HttpResponse<String> started = http.send("POST", "/test-hooks/subsystems/journal/start");
            assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
            http.awaitReadiness("ingest", DaemonHttp.Check::isUp);
            http.awaitReadiness("tally", DaemonHttp.Check::isUp);
            try (LineClient client = daemon.connect()) {
                assertThat(client.send("and on\n").answer()).isEqualTo("OK 1");
            }
        }
    }
}
