package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.event.ResourceLimitCleared;
import io.quarkiverse.procdaemon.event.ResourceLimitExceeded;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.events.EventLog;
import io.quarkiverse.procdaemon.runtime.engine.events.News;
import io.quarkiverse.procdaemon.runtime.engine.run.Run.WorkInFlight;

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

    private List<String> linesOfTheDaemon() {
        return log.lines().stream().filter(line -> line.contains(" test ")).map(line -> line.replaceAll("took .*s", "took …"))
                .toList();
    }

    @Test
    void ofADrain() throws Exception {
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        WorkInFlight errand = daemon.engine().beginErrand("a").orElseThrow();
        daemon.engine().drain();
        daemon.awaitLoop();
        errand.close();
        daemon.time.advance(Duration.ofSeconds(1));
        daemon.engine().resume();
        daemon.engine().drain();
        daemon.awaitLoop();
        daemon.stop();
        assertThat(linesOfTheDaemon()).startsWith(
                "INFO test is draining: it takes no new work until it is resumed; in flight: a 1",
                "INFO test has drained: nothing is in flight any more (took …)",
                "INFO test has resumed: it takes new work again",
                "INFO test is draining: it takes no new work until it is resumed; nothing is in flight");
    }

    @Test
    void ofASoftLimit() throws Exception {
        daemon.started();
        daemon.engine()
                .tell(new News.LimitExceeded(new ResourceLimitExceeded("heap", 105 << 20, 100 << 20, Instant.EPOCH), false));
        daemon.engine().tell(new News.LimitCleared(new ResourceLimitCleared("heap", 80 << 20, 100 << 20, Instant.EPOCH)));
        daemon.engine().tell(
                new News.LimitExceeded(new ResourceLimitExceeded("memory", 105L << 30, 100L << 30, Instant.EPOCH), true));
        daemon.awaitLoop();
        daemon.stop();
        assertThat(log.lines()).filteredOn(line -> line.contains("soft limit")).containsExactly(
                "WARN The soft limit of the heap is exceeded: 105.0 MiB in use after a collection, the limit is 100.0 MiB; the"
                        + " daemon continues, as resources.on-limit is warn",
                "INFO The heap is below its soft limit again: 80.0 MiB in use after a collection, the limit is 100.0 MiB",
                "WARN The soft limit of the memory is exceeded: 107520.0 MiB in use, the limit is 102400.0 MiB; the daemon shuts"
                        + " down");
    }

    /** It takes no work in, drained or not. */
    @Test
    void ofADrainDuringAShutdownThereIsNothingToSay() throws Exception {
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        daemon.engine().shutdown();
        daemon.engine().drain();
        daemon.engine().resume();
        daemon.awaitLoop();
        daemon.stop();
        assertThat(linesOfTheDaemon()).contains(
                "DEBUG test is draining: it takes no new work until it is resumed; nothing is in flight",
                "DEBUG test has resumed: it takes new work again")
                .noneMatch(line -> line.startsWith("INFO test is draining"));
    }

    private TestDaemon.Part failing(TestDaemon.Body onStart) {
        return daemon.add("a").onStart(onStart).critical(false).restart(restart -> restart
                .withDelays(Duration.ZERO, Duration.ZERO, 1, 0).withBudget(3, Duration.ofMinutes(5)));
    }

    @Test
    void ofAFailureThatRepeatsItself() {
        failing(context -> {
            throw new IOException("port taken, look " + context.generation());
        });
        daemon.started();
        daemon.events.await("GaveUp a");
        daemon.stop();
        assertThat(lines("a").stream().filter(line -> !line.startsWith("DEBUG"))).containsExactly(
                "WARN a#1 STARTING -> STOPPING: its start failed",
                "INFO a#1 STOPPING -> RESTARTING, again in 0s (attempt 1)",
                "WARN a#2 STARTING -> STOPPING: its start failed as before (2 times): IOException: port taken, look 2",
                "INFO a#2 STOPPING -> RESTARTING, again in 0s (attempt 2)",
                "WARN a#3 STARTING -> STOPPING: its start failed as before (3 times): IOException: port taken, look 3",
                "INFO a#3 STOPPING -> RESTARTING, again in 0s (attempt 3)",
                "WARN a#4 STARTING -> STOPPING: its start failed as before (4 times): IOException: port taken, look 4",
                "ERROR a#4 STOPPING -> FAILED for good: it was restarted 3 times within 5m, which is all that"
                        + " subsystem.restart.max-restarts allows");
        assertThat(log.withStack()).containsExactly("WARN a#1 STARTING -> STOPPING: its start failed",
                "ERROR a#4 STOPPING -> FAILED for good: it was restarted 3 times within 5m, which is all that"
                        + " subsystem.restart.max-restarts allows");
    }

    @Test
    void ofAFailureThatIsAnother() {
        IOException disk = new IOException("no disk");
        failing(context -> {
            switch ((int) context.generation()) {
                case 1 -> throw new IOException("broken");
                case 2 -> throw new IllegalStateException("broken");
                default -> throw new IOException("broken", disk);
            }
        }).onStop(context -> {
            throw new IOException("dirty");
        });
        daemon.started();
        daemon.events.await("GaveUp a");
        daemon.stop();
        assertThat(log.withStack()).startsWith("WARN a#1 STARTING -> STOPPING: its start failed",
                "WARN a#1 STOPPING: its stop failed",
                "WARN a#2 STARTING -> STOPPING: its start failed",
                "WARN a#3 STARTING -> STOPPING: its start failed")
                .last().asString().startsWith("ERROR a#4 STOPPING -> FAILED for good");
        assertThat(log.withStack()).hasSize(5);
        assertThat(lines("a")).contains("WARN a#2 STOPPING: its stop failed as before (2 times): IOException: dirty",
                "WARN a#4 STARTING -> STOPPING: its start failed as before (2 times): IOException: broken");
    }

    @Test
    void ofAFailureAfterAllWasWell() throws Exception {
        Bodies bodies = new Bodies();
        daemon.add("b").run(bodies::run).critical(false)
                .restart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0));
        daemon.started();
        for (int run = 1; run <= 3; run++) {
            TestDaemon.get(bodies.context(run));
            daemon.time.advance(Duration.ofSeconds(run == 3 ? 30 : 29));
            bodies.end(run).completeExceptionally(new IOException("broken"));
            daemon.events.await("Started b", run + 1);
        }
        daemon.stop();
        assertThat(log.withStack()).containsExactly("WARN b#1 RUNNING -> STOPPING: it failed",
                "WARN b#3 RUNNING -> STOPPING: it failed");
        assertThat(lines("b")).contains("WARN b#2 RUNNING -> STOPPING: it failed as before (2 times):"
                + " ExecutionException: java.io.IOException: broken");
    }

    @Test
    void ofAFailureAfterAStartThroughTheApi() {
        failing(context -> {
            throw new IOException("port taken");
        }).restart(restart -> restart.withBudget(0, Duration.ofMinutes(5)));
        daemon.started();
        daemon.events.await("GaveUp a");
        assertThat(daemon.engine().start("a")).failsWithin(Duration.ofSeconds(20));
        daemon.stop();
        assertThat(log.withStack()).containsExactly("WARN a#1 STARTING -> STOPPING: its start failed",
                "WARN a#2 STARTING -> STOPPING: its start failed");
    }

    @Test
    void ofAListenerThatAlwaysFails() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        daemon.listeners.add(new DaemonListener() {
            @Override
            public void onEvent(SubsystemEvent event) {
                throw new IllegalStateException("cannot bear " + event.sequence());
            }

            @Override
            public void shutdownEnded(ShutdownReport report) {
                told.countDown();
            }
        });
        daemon.add("a");
        daemon.started();
        daemon.stop();
        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
        String name = getClass().getName() + "$1";
        String rest = "; it gets the next event all the same";
        assertThat(log.lines().stream().filter(line -> line.startsWith("ERROR The listener "))).containsExactly(
                "ERROR The listener " + name + " failed on Waiting of a" + rest,
                "ERROR The listener " + name + " failed on Starting of a as before (2 times): IllegalStateException:"
                        + " cannot bear 2" + rest,
                "ERROR The listener " + name + " failed on Started of a as before (3 times): IllegalStateException:"
                        + " cannot bear 3" + rest,
                "ERROR The listener " + name + " failed on Stopping of a as before (4 times): IllegalStateException:"
                        + " cannot bear 4" + rest,
                "ERROR The listener " + name + " failed on Stopped of a as before (5 times): IllegalStateException:"
                        + " cannot bear 5" + rest);
        assertThat(log.withStack()).hasSize(1);
    }

    /** It was to stop, so the line says why it is not STOPPED. */
    @Test
    void ofOneWhoseCleanUpFailed() throws Exception {
        daemon.add("a").onStop(context -> {
            throw new IOException("dirty");
        });
        daemon.add("b").onStop(context -> go.await());
        daemon.started();
        daemon.engine().stop("a");
        daemon.events.await("GaveUp a");
        daemon.engine().stop("b");
        daemon.events.await("Stopping b");
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        daemon.events.await("GaveUp b");
        assertThat(daemon.engine().subsystem("a").orElseThrow().reason()).hasValue("its clean-up failed: IOException: dirty");
        assertThat(daemon.engine().subsystem("b").orElseThrow().reason())
                .hasValue("its clean-up failed after the interrupt: InterruptedException");
        daemon.stop();
        assertThat(lines("a")).endsWith("WARN a#1 STOPPING: its stop failed",
                "ERROR a#1 STOPPING -> FAILED for good: its clean-up failed; what it holds may not be released");
        assertThat(lines("b")).endsWith("WARN b#1 STOPPING: not ended in time, interrupted after 5s",
                "WARN b#1 STOPPING: its stop failed",
                "ERROR b#1 STOPPING -> FAILED for good: its clean-up failed after the interrupt; what it holds may not be released");
    }

    /** Quarkus adds words to errors that are logged after its own shutdown has begun. */
    @Test
    void nothingIsAnErrorInAShutdown() throws Exception {
        daemon.add("a").onStop(context -> {
            throw new IOException("dirty");
        });
        daemon.started().stop();
        assertThat(lines("a")).endsWith("WARN a#1 STOPPING: its stop failed",
                "WARN a#1 STOPPING -> FAILED for good: its clean-up failed; what it holds may not be released");
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
                "INFO a#1 RUNNING -> STOPPING: stopped through the API",
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
