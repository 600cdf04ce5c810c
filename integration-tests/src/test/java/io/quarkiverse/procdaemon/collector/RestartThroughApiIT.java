package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.process.FreePort;

/** {@code Daemon.restart("journal")} in the middle of the work. */
class RestartThroughApiIT {

    private static final int CLIENTS = 8;
    private static final int LINES = 10_000;
    private static final int WINDOW = 100;

    @TempDir
    Path directory;

    @Test
    void whatDependsOnItGoesFirstAndComesBackAfter() throws Exception {
        Path journal = directory.resolve("lines.log");
        List<LineLoad.Outcome> outcomes = new ArrayList<>();
        try (DaemonProcess daemon = DaemonProcess.on(journal).withHooks()
                .with("collector.port", Integer.toString(FreePort.any())).up()) {
            DaemonHttp http = daemon.http();
            try (LineLoad load = new LineLoad(daemon, CLIENTS, WINDOW)) {
                load.awaitAcknowledged(LINES);
                HttpResponse<String> restarted = http.send("POST", "/test-hooks/subsystems/journal/restart");
                assertThat(restarted.statusCode()).as(restarted.body()).isEqualTo(200);
                outcomes.addAll(load.outcomes());
            }
            for (String subsystem : new String[] { "journal", "ingest", "tally" }) {
                DaemonHttp.Check check = http.awaitReadiness(subsystem, DaemonHttp.Check::isUp);
                assertThat(check.data().getInteger("generation")).as(subsystem).isEqualTo(2);
                assertThat(check.data().getInteger("restarts")).as(subsystem).isZero();
            }
            try (LineLoad load = new LineLoad(daemon, CLIENTS, CLIENTS, WINDOW)) {
                load.awaitAcknowledged(LINES);
                daemon.terminate();
                outcomes.addAll(load.outcomes());
            }
            assertThat(daemon.awaitExit()).isEqualTo(143);

            for (String dependent : new String[] { "ingest", "tally" }) {
                assertThat(daemon.log()).containsSubsequence(
                        "] " + dependent + "#1 RUNNING -> STOPPING: its dependency 'journal' goes down",
                        "] " + dependent + "#1 STOPPING -> STOPPED",
                        "] journal#1 RUNNING -> STOPPING: to be restarted",
                        "] journal#1 STOPPING -> STOPPED",
                        "] journal#2 STARTING -> RUNNING",
                        "] " + dependent + "#2 STARTING -> RUNNING",
                        "] " + dependent + "#2 STOPPING -> STOPPED",
                        "] journal#2 RUNNING -> STOPPING");
            }
            assertThat(daemon.log()).doesNotContain("WARN", "ERROR");
        }
        assertThat(Acknowledged.assertJournaledOnce(journal, outcomes)).isGreaterThanOrEqualTo(2 * LINES);
    }
}
