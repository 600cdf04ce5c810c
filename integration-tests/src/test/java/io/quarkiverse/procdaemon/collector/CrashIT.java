package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.procdaemon.process.FreePort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

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
                .withRule("ingest", "restart.initial-delay", "2s").withRule("ingest", "restart.jitter", "0").up()) {
            DaemonHttp http = daemon.http();
            http.register("onlooker", "ingest");
            // The first answer takes long, and later there are two seconds in which it has to come.
            assertThat(http.readiness("ingest").isUp()).isTrue();

            try (LineLoad load = new LineLoad(daemon, CLIENTS, WINDOW)) {
                load.awaitAcknowledged(LINES);
                http.armOnce("append", fault);
                DaemonHttp.Check down = http.awaitReadiness("ingest", check -> check.state().equals("RESTARTING"));
                assertThat(down.status()).isEqualTo("DOWN");
                assertThat(down.data().getString("lastFailure")).isEqualTo("IllegalStateException: A test made append fail");
                DaemonHttp.Check dependent = http.readiness("onlooker");
                assertThat(dependent.status()).isEqualTo("DOWN");
                assertThat(dependent.state()).isEqualTo("WAITING");
                assertThat(dependent.data().getString("reason")).isEqualTo("waits for 'ingest', which is RESTARTING:"
                        + " IllegalStateException: A test made append fail");
                assertThat(http.readiness("journal").isUp()).isTrue();
                assertThat(http.readiness("tally").isUp()).isTrue();
                outcomes.addAll(load.outcomes());
            }

            DaemonHttp.Check up = http.awaitReadiness("ingest", DaemonHttp.Check::isUp);
            assertThat(up.data().getInteger("generation")).isEqualTo(2);
            assertThat(up.data().getInteger("restarts")).isEqualTo(1);
            assertThatTheRecordsOfTheApiAreJson(http);
            assertThat(http.awaitReadiness("onlooker", DaemonHttp.Check::isUp).data().getInteger("generation")).isEqualTo(2);
            try (LineLoad load = new LineLoad(daemon, CLIENTS, CLIENTS, WINDOW)) {
                load.awaitAcknowledged(LINES);
                daemon.terminate();
                outcomes.addAll(load.outcomes());
            }
            assertThat(daemon.awaitExit()).isEqualTo(143);

            assertThat(daemon.storyOf("ingest")).containsExactly(
                    "INFO ingest#1 STARTING -> RUNNING (took T)",
                    "WARN ingest#1 RUNNING -> STOPPING: it failed: java.lang.IllegalStateException: A test made append fail",
                    "INFO ingest#1 STOPPING -> RESTARTING, again in 2s (attempt 1)",
                    "INFO ingest#2 STARTING -> RUNNING (took T)",
                    "DEBUG ingest#2 RUNNING -> STOPPING: signal TERM",
                    "DEBUG ingest#2 STOPPING -> STOPPED (took T)");
            assertThat(daemon.storyOf("onlooker")).containsExactly(
                    "INFO onlooker#1 STARTING -> RUNNING (took T)",
                    "INFO onlooker#1 RUNNING -> STOPPING: its dependency 'ingest' goes down",
                    "INFO onlooker#1 STOPPING -> STOPPED (took T)",
                    "INFO onlooker#2 STARTING -> RUNNING (took T)",
                    "DEBUG onlooker#2 RUNNING -> STOPPING: signal TERM",
                    "DEBUG onlooker#2 STOPPING -> STOPPED (took T)");
            assertThat(daemon.storyOf("journal")).containsExactly(
                    "INFO journal#1 STARTING -> RUNNING (took T)",
                    "DEBUG journal#1 RUNNING -> STOPPING: signal TERM",
                    "DEBUG journal#1 STOPPING -> STOPPED (took T)");
        }
        assertThat(Acknowledged.assertJournaledOnce(journal, outcomes)).isGreaterThanOrEqualTo(2 * LINES);
    }

    private static void assertThatTheRecordsOfTheApiAreJson(DaemonHttp http) {
        JsonObject ingest = new JsonArray(http.send("GET", "/subsystems").body()).stream().map(JsonObject.class::cast)
                .filter(subsystem -> subsystem.getString("name").equals("ingest")).findFirst().orElseThrow();
        JsonObject failure = ingest.getJsonObject("lastFailure");
        assertThat(failure.getString("type")).isEqualTo(IllegalStateException.class.getName());
        assertThat(failure.getString("message")).isEqualTo("A test made append fail");
        assertThat(failure.getString("stack")).startsWith("java.lang.IllegalStateException: A test made append fail\n\tat ");
        assertThat(failure.getString("phase")).isEqualTo("RUN");
    }
}
