package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.runtime.engine.listen.EventLog;

/** The log tells the story of each run. */
@Timeout(60)
class EventLogTest {

    private final LogCapture log = new LogCapture("io.quarkiverse.procdaemon");
    private final TestDaemon daemon = new TestDaemon();
    private final CountDownLatch go = new CountDownLatch(1);

    EventLogTest() {
        daemon.listeners.add(new EventLog());
    }

    @AfterEach
    void close() {
        log.close();
    }

    private List<String> lines(String subsystem) {
        return log.lines().stream().filter(line -> line.matches("[A-Z]+ " + subsystem + "[# ].*")).toList();
    }

    @Test
    void ofACrashAndTheRestart() throws Exception {
        daemon.add("a").onStart(context -> {
        }).run(context -> {
            if (context.generation() == 1) {
                go.await();
                throw new IOException("broken");
            }
            context.await();
        }).restart(restart -> restart);
        daemon.add("b", "a").run(ShutdownHandle::await);
        daemon.started();
        go.countDown();
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started b", 2);
        daemon.stop();
        assertThat(lines("a")).containsExactly(
                "DEBUG a REGISTERED -> WAITING",
                "DEBUG a#1 WAITING -> STARTING",
                "INFO a#1 STARTING -> RUNNING (took 0s)",
                "WARN a#1 RUNNING -> STOPPING: it failed",
                "INFO a#1 STOPPING -> RESTARTING, again in 100ms (attempt 1)",
                "DEBUG a#1 RESTARTING -> WAITING",
                "DEBUG a#2 WAITING -> STARTING",
                "INFO a#2 STARTING -> RUNNING (took 0s)",
                "DEBUG a#2 RUNNING -> STOPPING: requested by the test",
                "DEBUG a#2 STOPPING -> STOPPED (took 0s)");
        assertThat(lines("b")).containsSubsequence(
                "DEBUG b REGISTERED -> WAITING, for a",
                "INFO b#1 RUNNING -> STOPPING: its dependency 'a' goes down",
                "INFO b#1 STOPPING -> STOPPED (took 0s)",
                "DEBUG b#1 STOPPED -> WAITING, for a");
    }

    @Test
    void ofOneThatIsGivenUp() throws Exception {
        daemon.add("a").run(context -> TestDaemon.ignoringInterrupts(go)).onStop(context -> {
            throw new IOException("dirty");
        }).critical(false);
        daemon.add("b").onStart(context -> {
            throw new IOException("port taken");
        }).onStop(context -> {
            throw new IOException("nothing to close");
        }).critical(false);
        daemon.started();
        daemon.events.await("GaveUp b");
        daemon.engine().stop("a");
        daemon.events.await("Stopping a");
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        daemon.stop();
        go.countDown();
        assertThat(lines("a")).endsWith(
                "INFO a#1 RUNNING -> STOPPING: by hand",
                "WARN a#1 STOPPING: not ended in time, interrupted after 5s",
                "ERROR a#1 STOPPING: not ended though interrupted, abandoned after 10s",
                "WARN a#1 STOPPING: its stop failed",
                "ERROR a#1 STOPPING -> FAILED for good: it ignored its interrupt and was abandoned");
        assertThat(lines("b")).endsWith(
                "DEBUG b#1 WAITING -> STARTING",
                "WARN b#1 STARTING -> STOPPING: its start failed",
                "WARN b#1 STOPPING: its stop failed",
                "ERROR b#1 STOPPING -> FAILED for good: its restart policy is NEVER");
    }
}
