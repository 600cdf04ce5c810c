package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** A shutdown in an application that outlives it, as in tests, can be undone. */
@Timeout(60)
class ComebackTest {

    private final TestDaemon daemon = new TestDaemon();
    private final LinkedBlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final AtomicInteger stops = new AtomicInteger();
    private int failed;

    ComebackTest() {
        daemon.process.outlivesDaemon = true;
        daemon.add("base").onStop(context -> stops.incrementAndGet());
        daemon.add("top", "base").run(this::failWhenAsked);
        daemon.add("side");
    }

    private void failWhenAsked(SubsystemContext context) throws Throwable {
        while (!context.isShutdown()) {
            Throwable failure = failures.poll(1, TimeUnit.MILLISECONDS);
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** The application never comes to the subsystems, so they stop without it. */
    private void failForGood(String message) {
        failures.add(new IllegalStateException(message));
        daemon.events.await("GaveUp top", ++failed);
        awaitShutdown();
        daemon.time.advance(Duration.ofMillis(3_750));
        daemon.events.await("Stopped base", failed);
        awaitState(DaemonState.STOPPED);
    }

    /** It is ordered after the event has been heard, and by another message. */
    private void awaitShutdown() {
        daemon.time.awaitNextIn(Duration.ofMillis(3_750));
    }

    /** Each message that was posted before is done when the clock goes on. */
    private void awaitState(DaemonState state) {
        daemon.time.advance(Duration.ZERO);
        assertThat(daemon.engine().state()).isEqualTo(state);
    }

    private void assertAllRunning() {
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.RUNNING);
        assertThat(daemon.engine().subsystems()).extracting(SubsystemInfo::state).containsOnly(SubsystemState.RUNNING);
    }

    @Test
    void aStartBringsEverythingBackAsOftenAsItFails() {
        daemon.started();
        for (int round = 1; round <= 3; round++) {
            failForGood("failure " + round);
            ShutdownReport report = daemon.engine().lastShutdown().orElseThrow();
            assertThat(report.entries()).extracting(ShutdownReport.Entry::subsystem).containsExactly("base", "side", "top");
            TestDaemon.get(daemon.engine().start("top"));
            daemon.events.await("Started side", round + 1);
            daemon.time.advance(Duration.ZERO);
            assertAllRunning();
            assertThat(daemon.engine().lastShutdown()).as("the report stays").contains(report);
            assertThat(daemon.info("top").generation()).isEqualTo(round + 1);
            assertThat(daemon.info("side").generation()).isEqualTo(round + 1);
        }
        daemon.stop();
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
        assertThat(daemon.engine().lastShutdown().orElseThrow().reason()).contains(TestDaemon.REASON);
        assertThat(stops).hasValue(4);
    }

    @Test
    void whatItWasWhenTheShutdownBeganIsNotedEachTime() {
        daemon.started();
        failForGood("first");
        TestDaemon.get(daemon.engine().start("top"));
        TestDaemon.get(daemon.engine().stop("side"));
        failForGood("second");
        assertThat(daemon.engine().lastShutdown().orElseThrow().entries()).extracting(ShutdownReport.Entry::was)
                .containsExactly(SubsystemState.RUNNING, SubsystemState.STOPPED, SubsystemState.FAILED);
        daemon.stop();
    }

    /** As the first start in dev mode and tests. */
    @Test
    void aStartThatFailsAgainIsNotTriedAgain() {
        daemon.retriesStart = false;
        AtomicInteger starts = new AtomicInteger();
        daemon.add("port").onStart(context -> {
            if (starts.incrementAndGet() > 1) {
                throw new IllegalStateException("in use");
            }
        });
        daemon.started();
        failForGood("once");
        CompletionStage<Void> comeback = daemon.engine().start("port");
        assertThat(comeback.toCompletableFuture()).failsWithin(20, TimeUnit.SECONDS).withThrowableThat()
                .withMessageContaining("subsystem 'port' failed to start: IllegalStateException: in use");
        daemon.events.await("GaveUp port");
        assertThat(starts).hasValue(2);
        daemon.stop();
    }

    @Test
    void aRestartBringsItBackToo() {
        daemon.started();
        failForGood("once");
        TestDaemon.get(daemon.engine().restart("side"));
        TestDaemon.get(daemon.engine().start("top"));
        assertAllRunning();
        daemon.stop();
    }

    @Test
    void aStartDuringTheShutdownWaitsForItsEnd() {
        daemon.started();
        failures.add(new IllegalStateException("once"));
        daemon.events.await("GaveUp top");
        CompletionStage<Void> start = daemon.engine().start("top");
        daemon.time.advance(Duration.ofMillis(3_749));
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.DRAINING);
        assertThat(start.toCompletableFuture()).isNotDone();
        daemon.time.advance(Duration.ofMillis(1));
        TestDaemon.get(start);
        assertThat(daemon.info("top").generation()).isEqualTo(2);
        daemon.stop();
        assertThat(stops).hasValue(2);
    }

    @Test
    void nothingComesBackAfterTheEndOfTheApplication() {
        daemon.started();
        daemon.stop();
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().start("top")))
                .hasMessage("PD-4006: subsystem 'top' is not started because the daemon is shutting down");
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
    }

    @Test
    void whoWaitsForTheShutdownIsRefusedIfTheApplicationEndsMeanwhile() {
        daemon.started();
        failures.add(new IllegalStateException("once"));
        daemon.events.await("GaveUp top");
        CompletionStage<Void> start = daemon.engine().start("top");
        daemon.stop();
        assertThatThrownBy(() -> TestDaemon.get(start))
                .hasMessage("PD-4006: subsystem 'top' is not started because the daemon is shutting down");
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
    }

    @Test
    void aComebackThatFailsIsAnotherShutdown() {
        AtomicInteger starts = new AtomicInteger();
        daemon.add("fragile").onStart(context -> {
            if (starts.incrementAndGet() == 2) {
                throw new IllegalStateException("not now");
            }
        });
        daemon.started();
        failForGood("once");
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().start("fragile"))).hasMessageContaining("not now");
        daemon.events.await("Stopped base", 2);
        awaitState(DaemonState.STOPPED);
        TestDaemon.get(daemon.engine().start("fragile"));
        daemon.events.await("Started top", 3);
        daemon.stop();
    }

    @Test
    void withoutThatNothingComesBack() {
        daemon.process.outlivesDaemon = false;
        daemon.started();
        failForGood("once");
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().start("top")))
                .hasMessage("PD-4006: subsystem 'top' is not started because the daemon is shutting down");
        daemon.stop();
    }

    @Test
    void earlierRestartsAreForgiven() {
        LinkedBlockingQueue<Throwable> once = new LinkedBlockingQueue<>(List.of(new IllegalStateException("once")));
        daemon.add("unsteady").restart(restart -> restart.withBudget(3, Duration.ofHours(1))).run(context -> {
            Throwable failure = once.poll();
            if (failure != null) {
                throw failure;
            }
            context.await();
        });
        daemon.started();
        daemon.events.await("Restarting unsteady");
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started unsteady", 2);
        assertThat(daemon.info("unsteady").restartsLeft()).hasValue(2);
        failForGood("for good");
        TestDaemon.get(daemon.engine().start("top"));
        daemon.events.await("Started unsteady", 3);
        assertThat(daemon.info("unsteady").restartsLeft()).hasValue(3);
        daemon.stop();
    }

    @Test
    void afterwardsEachMayStopAlone() {
        daemon.started();
        failForGood("once");
        TestDaemon.get(daemon.engine().start("top"));
        daemon.time.advance(Duration.ofMinutes(1));
        for (String name : List.of("top", "side", "base")) {
            TestDaemon.get(daemon.engine().stop(name));
        }
        awaitState(DaemonState.RUNNING);
        assertThat(daemon.events.texts()).as("patience is that of the other shutdown no more")
                .doesNotContain("StopTimedOut top");
        daemon.stop();
    }

    @Test
    void theApplicationMayTakeAsLongAsBefore() throws Exception {
        Duration allowed = Duration.ofSeconds(7);
        daemon.engine().shutdownCoordinator().allow(allowed);
        daemon.started();
        for (int round = 1; round <= 2; round++) {
            failures.add(new IllegalStateException("failure " + round));
            daemon.events.await("GaveUp top", round);
            Duration alone = allowed.plusMillis(3_750);
            daemon.time.awaitNextIn(alone);
            daemon.time.advance(alone);
            daemon.events.await("Stopped base", round);
            awaitState(DaemonState.STOPPED);
            TestDaemon.get(daemon.engine().start("top"));
        }
        daemon.stop();
    }

    @Test
    void ifThatIsCriticalTheComebackFails() {
        CountDownLatch release = new CountDownLatch(1);
        daemon.add("stubborn").run(context -> TestDaemon.ignoringInterrupts(release));
        daemon.started();
        failures.add(new IllegalStateException("once"));
        daemon.events.await("GaveUp top");
        awaitShutdown();
        daemon.time.advance(Duration.ofMillis(3_750));
        daemon.events.await("Stopped base");
        daemon.time.advance(Duration.ofSeconds(30));
        awaitState(DaemonState.STOPPED);
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().start("top")))
                .hasMessage("PD-4006: subsystem 'top' is not started because the daemon is shutting down");
        awaitState(DaemonState.STOPPED);
        release.countDown();
        daemon.stop();
        assertThat(daemon.events.all()).as("nothing starts in vain").filteredOn(SubsystemEvent.Starting.class::isInstance)
                .hasSize(4);
    }

    @Test
    void whatWasAbandonedStaysDown() {
        CountDownLatch release = new CountDownLatch(1);
        daemon.add("stubborn").critical(false).run(context -> TestDaemon.ignoringInterrupts(release));
        daemon.started();
        failures.add(new IllegalStateException("once"));
        daemon.events.await("GaveUp top");
        daemon.time.advance(Duration.ofMillis(3_750));
        daemon.events.await("Stopped base");
        daemon.time.advance(Duration.ofSeconds(30));
        awaitState(DaemonState.STOPPED);
        TestDaemon.get(daemon.engine().start("top"));
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().start("stubborn"))).hasMessageContaining("was abandoned");
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.RUNNING);
        release.countDown();
        daemon.stop();
    }

    @Test
    void theEndOfTheApplicationAndAComebackMayMeet() {
        for (int i = 0; i < Integer.getInteger("engine.races", 20); i++) {
            ComebackTest round = new ComebackTest();
            round.daemon.started();
            round.failForGood("once");
            CompletableFuture<Void> stop = CompletableFuture.runAsync(round.daemon::stop);
            CompletionStage<Void> start = round.daemon.engine().start("top");
            TestDaemon.get(stop);
            assertThat(round.daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
            assertThat(round.daemon.engine().subsystems()).extracting(SubsystemInfo::state)
                    .allMatch(state -> !state.isActive());
            TestDaemon.get(start.handle((done, refused) -> null));
        }
    }
}
