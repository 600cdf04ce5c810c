package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ShutdownReport.Ending;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.Task;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.EventLog;

/** What a forked task throws is a failure of its run; one that hangs is named. */
@Timeout(60)
class ForkFailureTest {

    private static final String LOG = "io.quarkiverse.procdaemon";

    private final TestDaemon daemon = new TestDaemon();
    private final CompletableFuture<SubsystemContext> context = new CompletableFuture<>();
    private final CompletableFuture<Thread> body = new CompletableFuture<>();
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private TestDaemon.Part add() {
        return daemon.add("a").critical(false).run(run -> {
            body.complete(Thread.currentThread());
            context.complete(run);
            run.await();
        });
    }

    /** Only the task is left. */
    private void awaitEndOfBody() throws InterruptedException {
        TestDaemon.get(body).join(20_000);
        daemon.awaitLoop();
    }

    private SubsystemContext fork(Task task) {
        daemon.started();
        SubsystemContext run = TestDaemon.get(context);
        run.fork("x", task);
        return run;
    }

    private static Task throwing(SubsystemContext run, Exception thrown) {
        return () -> {
            run.await();
            throw thrown;
        };
    }

    @Test
    void theRunHasFailedWhileItsBodyRuns() {
        add();
        SubsystemContext run = fork(() -> {
            throw new IOException("connection reset");
        });
        daemon.events.await("GaveUp a");
        assertThat(daemon.failure("a")).isEqualTo("IOException: connection reset");
        assertThat(daemon.info("a").lastFailure().orElseThrow().phase()).isEqualTo(SubsystemEvent.Phase.RUN);
        assertThat(daemon.info("a").failures()).isEqualTo(1);
        assertThat(run.isShutdown()).as("the body was asked to stop").isTrue();
        daemon.stop();
    }

    @Test
    void theRunHasFailedAfterItsBodyHasReturned() throws Exception {
        daemon.add("a").restart(restart -> restart).run(run -> {
            if (run.generation() == 1) {
                body.complete(Thread.currentThread());
                run.fork("x", () -> {
                    go.await();
                    throw new IOException("connection reset");
                });
            } else {
                run.await();
            }
        });
        daemon.started();
        awaitEndOfBody();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        go.countDown();
        daemon.events.await("Restarting a");
        assertThat(daemon.failure("a")).isEqualTo("IOException: connection reset");
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started a", 2);
        daemon.stop();
    }

    @Test
    void aStartHasFailedThoughItReturns() throws Exception {
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        daemon.add("a").onStart(run -> {
            run.fork("x", () -> {
                throw new IOException("no greeting");
            });
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException cancelled) {
                interrupted.complete(null);
            }
        });
        assertThatThrownBy(daemon::started)
                .hasMessage("PD-4002: the daemon does not start because subsystem 'a' failed: IOException: no greeting");
        assertThat(interrupted).isCompleted();
        assertThat(daemon.info("a").lastFailure().orElseThrow().phase()).isEqualTo(SubsystemEvent.Phase.START);
    }

    @Test
    void oneWithoutAThreadIsAFailureToo() {
        daemon.threadRefusal = name -> {
            if (name.equals("a-x")) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
        add();
        fork(() -> {
        });
        daemon.events.await("GaveUp a");
        assertThat(daemon.failure("a")).isEqualTo("OutOfMemoryError: unable to create native thread");
        daemon.stop();
    }

    @Test
    void afterTheStopHasBegunItIsNotCleanAnyMore() {
        add();
        daemon.listeners.add(new EventLog());
        SubsystemContext run = fork(() -> {
        });
        run.fork("flush", throwing(run, new IOException("not flushed")));
        try (LogCapture log = new LogCapture(LOG)) {
            daemon.stop();
            assertThat(log.lines()).containsOnlyOnce("WARN a#1 STOPPING: it failed while it stopped");
        }
        ShutdownReport report = daemon.engine().lastShutdown().orElseThrow();
        assertThat(report.outcome()).isEqualTo(Outcome.UNCLEAN);
        assertThat(report.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.ended()).isEqualTo(Ending.FAILED);
            assertThat(entry.why()).isEqualTo("IOException: not flushed");
        });
    }

    @Test
    void theWayOutIsNoFailure() {
        add();
        SubsystemContext run = fork(() -> {
        });
        run.fork("flush", throwing(run, new InterruptedException()));
        try (LogCapture log = new LogCapture(LOG)) {
            daemon.stop();
            assertThat(log.lines()).contains("DEBUG a#1 left its task 'flush' as it was stopped");
        }
        assertThat(daemon.engine().lastShutdown().orElseThrow().outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(daemon.info("a").failures()).isZero();
    }

    @Test
    void theFirstFailureIsTheOneToBeKnownBy() {
        daemon.add("a").critical(false).run(run -> {
            run.fork("x", throwing(run, new IOException("and then the task")));
            throw new IllegalStateException("first the body");
        });
        try (LogCapture log = new LogCapture(LOG)) {
            daemon.started();
            daemon.events.await("GaveUp a");
            assertThat(log.lines()).contains("WARN a#1 has failed already, and now its task 'x' threw, too");
        }
        assertThat(daemon.failure("a")).isEqualTo("IllegalStateException: first the body");
        assertThat(daemon.info("a").failures()).isEqualTo(1);
        daemon.stop();
    }

    private void hang() {
        go.countDown();
        TestDaemon.ignoringInterrupts(release);
    }

    @Test
    void oneThatHangsIsNamedAndAbandoned() throws Exception {
        add().onStop(run -> {
            throw new AssertionError("never cleaned up beside a task");
        });
        fork(() -> {
            hang();
            throw new IOException("at last");
        });
        assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> stop = daemon.engine().stop("a").toCompletableFuture();
        daemon.events.await("Stopping a");
        awaitEndOfBody();
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        assertThatThrownBy(() -> TestDaemon.get(stop)).isInstanceOfSatisfying(SubsystemException.class,
                stuck -> assertThat(stuck.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals("hang")))
                .hasMessage("PD-7002: subsystem 'a#1' did not end though it was interrupted, and was abandoned in its task "
                        + "'x'; the stack shows where it hangs");
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().start("a")))
                .hasMessage("PD-7002: subsystem 'a#1' was abandoned and still runs, so it cannot be started again; restart the "
                        + "process");
        String line = "WARN a#1 is over or was abandoned, and its task 'x' threw";
        try (LogCapture log = new LogCapture(LOG)) {
            release.countDown();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!log.lines().contains(line) && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(log.lines()).contains(line);
        }
        assertThat(daemon.info("a").failures()).as("what it throws changes nothing").isEqualTo(1);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);
        TestDaemon.get(daemon.engine().start("a"));
        daemon.stop();
    }

    @Test
    void theReportNamesOneThatHangs() throws Exception {
        add();
        fork(this::hang);
        assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        awaitEndOfBody();
        daemon.time.advance(Duration.ofSeconds(10));
        TestDaemon.get(stop);
        assertThat(daemon.engine().lastShutdown().orElseThrow().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.ended()).isEqualTo(Ending.ABANDONED);
            assertThat(entry.why()).isEqualTo("it ignored its interrupt and was abandoned in its task 'x'");
        });
        release.countDown();
    }
}
