package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body that gives a heartbeat is left alone; one that has stopped doing so is replaced. */
class HeartbeatIT {

    @TempDir
    Path directory;

    @Test
    void aBodyThatHangsIsInterruptedAndRestarted() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.on(directory.resolve("lines.log")).withHooks()
                .withRule("ingest", "heartbeat-timeout", "3s").withRule("ingest", "stop-timeout", "500ms")
                .withRule("ingest", "restart.initial-delay", "50ms").withRule("ingest", "restart.jitter", "0").up()) {
            DaemonHttp http = daemon.http();
            try (LineClient client = daemon.connect()) {
                assertThat(client.send("one\n").answer()).isEqualTo("OK 1");
                await("more than two timeouts of an idle body").during(Duration.ofSeconds(7)).atMost(Duration.ofSeconds(20))
                        .pollInterval(Duration.ofMillis(250)).until(() -> http.readiness("ingest").isUp());
                assertThat(http.subsystem("ingest").getInteger("generation")).isEqualTo(1);
                assertThat(client.send("two\n").answer()).isEqualTo("OK 2");

                http.armOnce("append", "WAIT");
                client.send("stuck\n");
                daemon.awaitLog("ingest#2 STARTING -> RUNNING");
                assertThat(client.answer()).isNull();
            }
            http.awaitReadiness("ingest", DaemonHttp.Check::isUp);
            try (LineClient client = daemon.connect()) {
                assertThat(client.send("three\n").answer()).isEqualTo("OK 3");
            }

            assertThat(daemon.storyOf("ingest")).containsExactly(
                    "INFO ingest#1 STARTING -> RUNNING (took T)",
                    "WARN ingest#1 RUNNING -> STOPPING: it failed: io.quarkiverse.procdaemon.SubsystemException: PD-7003:"
                            + " subsystem 'ingest#1' has given no heartbeat for 3s and counts as hung; the stack shows where its body is; raise"
                            + " subsystem.heartbeat-timeout if it may be silent for longer",
                    "WARN ingest#1 STOPPING: not ended in time, interrupted after T",
                    "INFO ingest#1 STOPPING -> RESTARTING, again in 50ms (attempt 1)",
                    "INFO ingest#2 STARTING -> RUNNING (took T)");
        }
        assertThat(directory.resolve("lines.log")).hasContent("one\ntwo\nthree\n");
    }
}
