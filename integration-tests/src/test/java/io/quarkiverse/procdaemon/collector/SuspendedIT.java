package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is suspended for longer than its heartbeats may take, and goes on. */
class SuspendedIT {

    /** An idle body gives a heartbeat each second, which is 0.4 of this. */
    private static final Duration TIMEOUT = Duration.ofMillis(2_500);
    private static final Duration PAUSE = TIMEOUT.multipliedBy(5).dividedBy(2);

    @TempDir
    Path directory;

    @Test
    void whatIsAliveIsNotRestartedAndWhatHangsStillIs() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.on(directory.resolve("lines.log")).withHooks()
                .withRule("ingest", "heartbeat-timeout", TIMEOUT.toMillis() + "ms")
                .withRule("ingest", "stop-timeout", "500ms").withRule("ingest", "restart.initial-delay", "50ms").up()) {
            DaemonHttp http = daemon.http();
            for (int pause = 0; pause < 2; pause++) {
                suspend(daemon);
                await("two timeouts after the pause").during(TIMEOUT.multipliedBy(2)).atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(250))
                        .until(() -> http.subsystem("ingest").getInteger("generation") == 1);
            }
            assertThat(daemon.log()).doesNotContain("PD-7003");

            http.armOnce("append", "WAIT");
            try (LineClient client = daemon.connect()) {
                client.send("stuck\n");
                daemon.awaitLog("append meets the fault WAIT");
                suspend(daemon);
                daemon.awaitLog("PD-7003: subsystem 'ingest#1' has given no heartbeat for 2.500s");
                daemon.awaitLog("ingest#2 STARTING -> RUNNING");
            }
            daemon.terminate();
            assertThat(daemon.awaitExit()).isEqualTo(143);
        }
    }

    /** The time has to pass for the process, so it has to pass for the test. */
    private static void suspend(DaemonProcess daemon) throws Exception {
        daemon.signal("STOP");
        long end = System.nanoTime() + PAUSE.toNanos();
        await().atMost(PAUSE.multipliedBy(4)).until(() -> System.nanoTime() - end > 0);
        daemon.signal("CONT");
    }
}
