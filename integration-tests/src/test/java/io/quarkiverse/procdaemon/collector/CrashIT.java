package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.procdaemon.dev.FreePort;

/** {@code ingest} crashes in the middle of the work. */
class CrashIT {

    private static final int CLIENTS = 8;
    private static final int LINES = 10_000;
    private static final int WINDOW = 100;

    @TempDir
    Path directory;

    /** Before lines are written, and after they were written but not acknowledged. */
    @ParameterizedTest
    @ValueSource(strings = { "FAIL", "FAIL_AFTERWARDS" })
    void itComesBackByItselfAndNothingAcknowledgedIsLost(String fault) throws Exception {
        Path journal = directory.resolve("lines.log");
        List<LineLoad.Outcome> outcomes = new ArrayList<>();
        try (DaemonProcess daemon = DaemonProcess.on(journal).withHooks()
                .with("collector.port", Integer.toString(FreePort.any()))
                .withRule("ingest", "restart.initial-delay", "1s").withRule("ingest", "restart.jitter", "0").up()) {
            DaemonHttp http = daemon.http();
            http.register("onlooker", "ingest");

            try (LineLoad load = new LineLoad(daemon, CLIENTS, WINDOW)) {
                load.awaitAcknowledged(LINES);
                http.armOnce("append", fault);
                DaemonHttp.Check down = http.awaitReadiness("ingest", check -> check.state().equals("RESTARTING"));
                assertThat(down.status()).isEqualTo("DOWN");
                assertThat(down.data().getString("lastFailure")).isEqualTo("IllegalStateException: A test made append fail");
                assertThat(http.subsystem("onlooker").getString("state")).isEqualTo("WAITING");
                assertThat(http.subsystem("onlooker").getString("reason")).isEqualTo("waits for 'ingest', which is"
                        + " RESTARTING: IllegalStateException: A test made append fail");
                assertThat(http.readiness("journal").isUp()).isTrue();
                assertThat(http.readiness("tally").isUp()).isTrue();
                outcomes.addAll(load.outcomes());
            }

            DaemonHttp.Check up = http.awaitReadiness("ingest", DaemonHttp.Check::isUp);
            assertThat(up.data().getInteger("generation")).isEqualTo(2);
            assertThat(up.data().getInteger("restarts")).isEqualTo(1);
            daemon.awaitLog("onlooker#2 is running");
            try (LineLoad load = new LineLoad(daemon, CLIENTS, CLIENTS, WINDOW)) {
                load.awaitAcknowledged(LINES);
                daemon.terminate();
                outcomes.addAll(load.outcomes());
            }
            assertThat(daemon.awaitExit()).isEqualTo(143);

            assertThat(daemon.storyOf("ingest")).containsExactly(
                    "INFO ingest is running (started in T)",
                    "WARN ingest failed: java.lang.IllegalStateException: A test made append fail",
                    "INFO ingest restarts in 1s (attempt 1)",
                    "INFO ingest#2 is running (started in T)",
                    "INFO ingest#2 is stopping: requested by the end of the application",
                    "INFO ingest#2 has stopped (in T)");
            assertThat(daemon.storyOf("onlooker")).containsExactly(
                    "INFO onlooker is running (started in T)",
                    "INFO onlooker is stopping: its dependency 'ingest' goes down",
                    "INFO onlooker has stopped (in T)",
                    "INFO onlooker#2 is running (started in T)",
                    "INFO onlooker#2 is stopping: requested by the end of the application",
                    "INFO onlooker#2 has stopped (in T)");
            assertThat(daemon.storyOf("journal")).containsExactly(
                    "INFO journal is running (started in T)",
                    "INFO journal is stopping: requested by the end of the application",
                    "INFO journal has stopped (in T)");
        }
        assertThat(Acknowledged.assertJournaledOnce(journal, outcomes)).isGreaterThanOrEqualTo(2 * LINES);
    }
}
