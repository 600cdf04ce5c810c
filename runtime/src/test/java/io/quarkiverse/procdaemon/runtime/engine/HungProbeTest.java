package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.HealthCheck;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.HealthSettings;

/** A probe that does not answer. */
@Timeout(60)
class HungProbeTest {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration BACK_OFF = Duration.ofMillis(100);

    private final TestDaemon daemon = new TestDaemon();
    private final Semaphore entered = new Semaphore(0);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CompletableFuture<Thread> prober = new CompletableFuture<>();
    private final BlockingQueue<CompletableFuture<Boolean>> stages = new LinkedBlockingQueue<>();

    @AfterEach
    void release() {
        release.countDown();
    }

    private TestDaemon.Part add(HealthCheck probe) {
        return daemon.add("a").healthy(probe).critical(false);
    }

    private void add(HealthCheck probe, int failures) {
        add(probe).settings(settings -> settings.withHealth(health -> new HealthSettings(
                INTERVAL, TIMEOUT, failures, false)));
    }

    private TestDaemon.Part addRestarting(HealthCheck probe) {
        return add(probe).restart(restart -> restart)
                .settings(settings -> settings.withHealth(health -> health.withFailsSubsystem(true)));
    }

    private CompletionStage<Boolean> stubborn() {
        prober.complete(Thread.currentThread());
        entered.release();
        TestDaemon.ignoringInterrupts(release);
        return CompletableFuture.completedFuture(true);
    }

    private CompletionStage<Boolean> polite() throws InterruptedException {
        entered.release();
        release.await();
        return CompletableFuture.completedFuture(true);
    }

    private CompletionStage<Boolean> asynchronous(CompletableFuture<Boolean> stage) {
        stages.add(stage);
        prober.complete(Thread.currentThread());
        entered.release();
        return stage;
    }

    private void awaitEntered() throws InterruptedException {
        assertThat(entered.tryAcquire(20, TimeUnit.SECONDS)).as("it is asked").isTrue();
    }

    private void startedAndAsked() throws InterruptedException {
        daemon.started();
        daemon.time.advance(INTERVAL);
        awaitEntered();
    }

    /** Waits until it is known that the probe has ended: the next question is the last of so many things to be scheduled. */
    private void ends(int scheduled, Runnable end) throws InterruptedException {
        long before = daemon.time.everScheduled();
        end.run();
        daemon.time.awaitEver(before + scheduled);
    }

    private void complete() throws InterruptedException {
        CompletableFuture<Boolean> stage = stages.take();
        ends(1, () -> stage.complete(true));
    }

    private void assertHealthy(boolean healthy) {
        assertThat(daemon.info("a").healthy()).isEqualTo(healthy);
    }

    private void assertFailedEachIntervalAndNotAskedAgain() {
        daemon.time.advance(TIMEOUT);
        daemon.time.advance(INTERVAL.multipliedBy(2).minusNanos(1));
        assertHealthy(true);
        daemon.time.advance(Duration.ofNanos(1));
        assertHealthy(false);
        assertThat(entered.availablePermits()).isZero();
        daemon.stop();
        assertThat(daemon.events.all()).filteredOn(event -> event instanceof SubsystemEvent.HealthChanged)
                .extracting(event -> ((SubsystemEvent.HealthChanged) event).reason())
                .containsExactly("no answer for 12s; its health check was interrupted and has not returned");
    }

    @Test
    void eachIntervalWithoutAnAnswerIsOneMoreFailure() throws Exception {
        add(this::stubborn);
        startedAndAsked();
        assertFailedEachIntervalAndNotAskedAgain();
    }

    @Test
    void aStageThatNeverCompletesIsNoBetter() throws Exception {
        add(() -> asynchronous(new Uncancellable()));
        startedAndAsked();
        assertFailedEachIntervalAndNotAskedAgain();
    }

    @Test
    void theFirstFailureIsAtTheTimeout() throws Exception {
        add(this::stubborn, 1);
        startedAndAsked();
        daemon.time.advance(TIMEOUT.minusNanos(1));
        assertHealthy(true);
        daemon.time.advance(Duration.ofNanos(1));
        assertHealthy(false);
        daemon.stop();
    }

    @Test
    void itsThreadIsInterruptedAtTheTimeoutAndItIsAskedAgainAfterTheInterval() throws Exception {
        add(this::polite, 2);
        startedAndAsked();
        ends(2, () -> daemon.time.advance(TIMEOUT));
        assertHealthy(true);
        daemon.time.advance(INTERVAL);
        awaitEntered();
        daemon.time.advance(TIMEOUT);
        assertHealthy(false);
        daemon.stop();
    }

    @Test
    void itsStageIsCancelledAtTheTimeoutAndItIsAskedAgainAfterTheInterval() throws Exception {
        add(() -> asynchronous(new CompletableFuture<>()), 2);
        startedAndAsked();
        TestDaemon.get(prober).join(20_000);
        ends(2, () -> daemon.time.advance(TIMEOUT));
        assertThat(stages.take()).isCancelled();
        assertHealthy(true);
        daemon.time.advance(INTERVAL);
        awaitEntered();
        daemon.time.advance(TIMEOUT);
        assertHealthy(false);
        daemon.stop();
    }

    @Test
    void aStageThatIsReturnedAfterTheTimeoutIsCancelledToo() throws Exception {
        add(() -> {
            entered.release();
            TestDaemon.ignoringInterrupts(release);
            return asynchronous(new CompletableFuture<>());
        });
        daemon.threadRefusal = name -> {
            if (name.endsWith("-interrupt")) {
                throw new OutOfMemoryError("so it is interrupted before the clock goes on");
            }
        };
        startedAndAsked();
        daemon.time.advance(TIMEOUT);
        release.countDown();
        TestDaemon.get(prober).join(20_000);
        assertThat(stages.take()).isCancelled();
        daemon.stop();
    }

    @Test
    void anAnswerThatComesAfterTheTimeoutCountsForNothing() throws Exception {
        add(() -> asynchronous(new Uncancellable()), 2);
        startedAndAsked();
        daemon.time.advance(TIMEOUT);
        complete();
        daemon.time.advance(INTERVAL);
        awaitEntered();
        daemon.time.advance(TIMEOUT);
        assertHealthy(false);
        complete();
        assertHealthy(false);
        daemon.time.advance(INTERVAL);
        awaitEntered();
        complete();
        assertHealthy(true);
        daemon.stop();
    }

    @Test
    void theRestartComesThoughTheProbeHangsWhichIsCalledAgainOnlyWhenItHasReturned() throws Exception {
        AtomicInteger threads = new AtomicInteger();
        daemon.threadRefusal = name -> {
            if (name.equals("proc-daemon-probes")) {
                threads.incrementAndGet();
            }
        };
        addRestarting(this::stubborn);
        startedAndAsked();
        daemon.time.advance(TIMEOUT);
        for (int generation = 1; generation < 4; generation++) {
            assertThat(daemon.info("a").generation()).isEqualTo(generation);
            daemon.time.advance(INTERVAL.multipliedBy(generation == 1 ? 2 : 3));
            daemon.events.await("Failed a", generation);
            assertThat(daemon.info("a").lastFailure().orElseThrow().message()).startsWith("PD-4007: subsystem 'a#" + generation
                    + "' was unhealthy 3 times in a row: "
                    + (generation == 1 ? "no answer for 12s; its health check was interrupted and has not returned"
                            : "no answer: the health check of generation 1 has not returned yet")
                    + "; the stack shows where its health check hangs");
            daemon.time.advance(BACK_OFF.multipliedBy(1L << generation - 1));
            daemon.events.await("Started a", generation + 1);
        }
        assertThat(entered.availablePermits()).as("asked again").isZero();
        assertThat(threads).as("threads for probes").hasValue(1);
        release.countDown();
        TestDaemon.get(prober).join(20_000);

        ends(2, () -> daemon.time.advance(INTERVAL));
        awaitEntered();
        daemon.stop();
        assertThat(daemon.info("a").generation()).isEqualTo(4);
    }

    @Test
    void theFailureShowsWhereItHangs() throws Exception {
        addRestarting(this::stubborn).settings(settings -> settings.withHealth(
                health -> new HealthSettings(INTERVAL, TIMEOUT, 1, true)));
        startedAndAsked();
        daemon.time.advance(TIMEOUT);
        daemon.events.await("Failed a");
        assertThat(daemon.info("a").lastFailure().orElseThrow().stack()).contains("HungProbeTest.stubborn");
        daemon.stop();
    }

    @Test
    void aQuestionUnderWayWhenTheRunEndsIsInterruptedAtItsTimeout() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        add(() -> {
            try {
                return polite();
            } finally {
                interrupted.countDown();
            }
        });
        startedAndAsked();
        TestDaemon.get(daemon.engine().stop("a"));
        assertThat(daemon.state("a")).as("nothing waits for it").isEqualTo(SubsystemState.STOPPED);
        assertThat(interrupted.getCount()).isOne();
        daemon.time.advance(TIMEOUT);
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.stop();
    }

    @Test
    void anExceptionThatHangsIsAProbeThatHangs() throws Exception {
        add(() -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    stubborn();
                    return "at last";
                }
            };
        });
        startedAndAsked();
        assertFailedEachIntervalAndNotAskedAgain();
    }

    @Test
    void anExceptionThatHangsIsInterruptedAtTheTimeoutToo() throws Exception {
        add(() -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    try {
                        polite();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    return "at last";
                }
            };
        });
        startedAndAsked();
        ends(2, () -> daemon.time.advance(TIMEOUT));
        daemon.time.advance(INTERVAL);
        awaitEntered();
        daemon.stop();
    }

    // -- the report

    private ShutdownReport stopped() {
        daemon.stop();
        return daemon.engine().lastShutdown().orElseThrow();
    }

    @Test
    void aShutdownThatLeavesAProbeRunningIsNotClean() throws Exception {
        add(this::stubborn);
        startedAndAsked();
        ShutdownReport report = stopped();
        assertThat(report.outcome()).isEqualTo(ShutdownReport.Outcome.UNCLEAN);
        assertThat(report.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.ended()).isEqualTo(ShutdownReport.Ending.ABANDONED);
            assertThat(entry.why()).isEqualTo("the health check of generation 1 has not returned");
        });
    }

    @Test
    void oneThatAProbeReturnsJustAfterIsClean() throws Exception {
        add(this::stubborn);
        daemon.listeners.add(event -> {
            if (event instanceof SubsystemEvent.Stopped) {
                release.countDown();
            }
        });
        startedAndAsked();
        assertThat(stopped().outcome()).isEqualTo(ShutdownReport.Outcome.CLEAN);
    }

    @Test
    void norIsOneThatLeavesTheProbeOfAnEarlierRunRunning() throws Exception {
        addRestarting(this::stubborn);
        startedAndAsked();
        daemon.time.advance(TIMEOUT);
        daemon.time.advance(INTERVAL.multipliedBy(2));
        daemon.events.await("Failed a");
        daemon.time.advance(BACK_OFF);
        daemon.events.await("Started a", 2);
        ShutdownReport report = stopped();
        assertThat(report.outcome()).isEqualTo(ShutdownReport.Outcome.UNCLEAN);
        assertThat(report.entries()).extracting(ShutdownReport.Entry::why)
                .containsExactly("the health check of generation 1 has not returned");
    }

    @Test
    void norIsOneThatLeavesAStageThatWasCancelledAndGoesOn() throws Exception {
        add(() -> asynchronous(new Uncancellable()));
        startedAndAsked();
        daemon.time.advance(TIMEOUT);
        assertThat(stopped().outcome()).isEqualTo(ShutdownReport.Outcome.UNCLEAN);
    }

    @Test
    void aStageThatWouldHaveAnsweredInTimeIsNoProbeThatRuns() throws Exception {
        add(() -> asynchronous(new CompletableFuture<>()));
        startedAndAsked();
        TestDaemon.get(prober).join(20_000);
        assertThat(stages.take()).isNotDone();
        assertThat(stopped().outcome()).isEqualTo(ShutdownReport.Outcome.CLEAN);
    }

    // -- late checks

    @Test
    void aProbeGetsItsTimeoutAgainAfterThePauseOfASuspendedProcess() throws Exception {
        add(() -> asynchronous(new Uncancellable()), 1);
        startedAndAsked();
        daemon.time.suspend(TIMEOUT.multipliedBy(5).dividedBy(2));
        assertHealthy(true);
        daemon.time.advance(TIMEOUT.minusNanos(1));
        assertHealthy(true);
        complete();
        assertHealthy(true);
        daemon.stop();
    }

    @Test
    void aProbeIsExcusedThreeTimesInARow() throws Exception {
        add(() -> asynchronous(new Uncancellable()), 1);
        startedAndAsked();
        for (int pause = 0; pause < 3; pause++) {
            daemon.time.suspend(TIMEOUT.multipliedBy(5).dividedBy(2));
            assertHealthy(true);
        }
        daemon.time.suspend(TIMEOUT.multipliedBy(5).dividedBy(2));
        assertHealthy(false);
        daemon.stop();
    }

    @Test
    void anAnswerEndsTheRowOfExcuses() throws Exception {
        add(() -> asynchronous(new Uncancellable()), 1);
        daemon.started();
        for (int question = 0; question < 2; question++) {
            daemon.time.advance(INTERVAL);
            awaitEntered();
            for (int pause = 0; pause < 3; pause++) {
                daemon.time.suspend(TIMEOUT.multipliedBy(5).dividedBy(2));
                assertHealthy(true);
            }
            complete();
        }
        daemon.stop();
    }

    @Test
    void theIntervalsAfterThatAreExcusedLikewise() throws Exception {
        add(() -> asynchronous(new Uncancellable()), 2);
        startedAndAsked();
        daemon.time.advance(TIMEOUT);
        daemon.time.suspend(INTERVAL.multipliedBy(2));
        assertHealthy(true);
        daemon.time.advance(INTERVAL);
        assertHealthy(false);
        daemon.stop();
    }

    @Test
    void theProbeOfAnEarlierRunExcusesLikewise() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        addRestarting(() -> {
            asked.incrementAndGet();
            return stubborn();
        }).settings(settings -> settings.withHealth(
                health -> new HealthSettings(INTERVAL, TIMEOUT, 1, true)));
        startedAndAsked();
        daemon.time.advance(TIMEOUT);
        daemon.events.await("Failed a");
        daemon.time.advance(BACK_OFF);
        daemon.events.await("Started a", 2);
        daemon.time.suspend(INTERVAL.multipliedBy(2));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.time.advance(INTERVAL);
        daemon.events.await("Failed a", 2);
        assertThat(asked).hasValue(1);
        daemon.stop();
    }
}
