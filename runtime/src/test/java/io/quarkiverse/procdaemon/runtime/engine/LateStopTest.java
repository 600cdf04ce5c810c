package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;

/** What becomes of those that do not stop in time. */
@Timeout(60)
class LateStopTest {

    private final TestDaemon daemon = new TestDaemon();
    private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);

    private TestDaemon.Part add(String name, String... dependsOn) {
        return daemon.add(name, dependsOn).run(ShutdownHandle::await).onStop(context -> {
            calls.add("stop " + name);
        });
    }

    @Test
    void aBodyThatWillNotEndIsInterruptedAtTheGracefulTimeout() throws Exception {
        CompletableFuture<Boolean> forced = new CompletableFuture<>();
        add("a").run(context -> {
            try {
                release.await();
            } catch (InterruptedException expected) {
                forced.complete(context.isForced());
            }
        });
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.time.advance(Duration.ofMillis(4_999));
        assertThat(forced).isNotDone();
        daemon.time.advance(Duration.ofMillis(1));

        assertThat(forced.get(20, TimeUnit.SECONDS)).isTrue();
        TestDaemon.get(stop);
        assertThat(calls).containsExactly("stop a");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.events.texts()).containsSubsequence("Stopping a", "StopTimedOut a", "Stopped a");
    }

    @Test
    void aBodyWithAShorterTimeoutIsInterruptedThen() throws Exception {
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        add("a").run(context -> {
            try {
                release.await();
            } catch (InterruptedException expected) {
                interrupted.complete(null);
            }
        }).settings(settings -> settings.withStopTimeout(Duration.ofSeconds(2)));
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.time.awaitNextIn(Duration.ofSeconds(2));
        daemon.time.advance(Duration.ofSeconds(2));
        TestDaemon.get(interrupted);
        TestDaemon.get(stop);
        assertThat(daemon.time.scheduled()).isZero();
    }

    @Test
    void beingLateIsOneEventHoweverManyTimeoutsPass() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch interruptedAgain = new CountDownLatch(1);
        add("a").run(context -> {
            try {
                release.await();
            } catch (InterruptedException force) {
                interrupted.countDown();
                try {
                    release.await();
                } catch (InterruptedException lastWarning) {
                    interruptedAgain.countDown();
                    TestDaemon.ignoringInterrupts(release);
                }
            }
        }).settings(settings -> settings.withStopTimeout(Duration.ofSeconds(2)));
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.time.awaitNextIn(Duration.ofSeconds(2));
        daemon.time.advance(Duration.ofSeconds(2));
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.time.advance(Duration.ofSeconds(7));
        assertThat(interruptedAgain.getCount()).as("interrupted before it is abandoned").isOne();
        daemon.time.advance(Duration.ofSeconds(1));
        TestDaemon.get(stop);
        assertThat(interruptedAgain.await(20, TimeUnit.SECONDS)).isTrue();
        release.countDown();
        assertThat(daemon.events.all()).filteredOn(event -> event instanceof SubsystemEvent.StopTimedOut)
                .extracting(event -> ((SubsystemEvent.StopTimedOut) event).abandoned()).containsExactly(false, true);
    }

    @Test
    void whatIgnoresItsInterruptIsAbandonedSoThatItsDependencyCanCleanUp() {
        add("a");
        add("b", "a").run(context -> TestDaemon.ignoringInterrupts(release));
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping b");
        daemon.time.advance(Duration.ofMillis(9_999));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        assertThat(stop).isNotDone();
        daemon.time.advance(Duration.ofMillis(1));

        TestDaemon.get(stop);
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.FAILED);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(calls).containsExactly("stop a");
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
        Failure failure = daemon.info("b").lastFailure().orElseThrow();
        assertThat(Thrown.summary(failure)).isEqualTo("PD-7002: subsystem 'b#1' did not end though it was interrupted, and was "
                + "abandoned in its body; the stack shows where it hangs");
        release.countDown();
    }

    @Test
    void whatAnAbandonedRunReportsLateChangesNothing() throws Exception {
        CountDownLatch cleaningUp = new CountDownLatch(1);
        CountDownLatch reported = new CountDownLatch(1);
        add("a").run(ShutdownHandle::await).onStop(context -> {
            cleaningUp.countDown();
            TestDaemon.ignoringInterrupts(release);
            reported.countDown();
            throw new IllegalStateException("too late");
        }).critical(false);
        add("b");
        daemon.started();
        TestDaemon.get(daemon.engine().start("a"));
        CompletableFuture<Void> stop = daemon.stopLater();
        assertThat(cleaningUp.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.time.advance(Duration.ofSeconds(10));
        TestDaemon.get(stop);
        assertThat(daemon.info("a").failures()).isEqualTo(1);
        release.countDown();
        assertThat(reported.await(20, TimeUnit.SECONDS)).isTrue();
        // Each is a message; the report is one between them.
        for (int i = 0; i < 20; i++) {
            TestDaemon.get(daemon.engine().stop("b"));
            assertThat(daemon.info("a").failures()).isEqualTo(1);
            assertThat(daemon.failure("a")).startsWith("PD-7002");
        }
    }

    @Test
    void atTheKillTimeoutItIsOverWhateverStillRuns() {
        add("a").run(context -> TestDaemon.ignoringInterrupts(release))
                .onStop(context -> TestDaemon.ignoringInterrupts(release));
        add("b", "a").run(context -> TestDaemon.ignoringInterrupts(release));
        add("c", "b").run(context -> TestDaemon.ignoringInterrupts(release));
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping c");
        daemon.time.advance(Duration.ofMillis(14_999));
        assertThat(stop).isNotDone();
        daemon.time.advance(Duration.ofMillis(1));
        TestDaemon.get(stop);
        assertThat(daemon.engine().subsystems()).allSatisfy(info -> assertThat(info.state()).isEqualTo(SubsystemState.FAILED));
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
        release.countDown();
    }

    @Test
    void aCleanUpAfterForceIsNotInterrupted() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CountDownLatch inCleanUp = new CountDownLatch(1);
        add("a").run(context -> {
            try {
                release.await();
            } catch (InterruptedException expected) {
                // the force that this test is about
            }
        }).onStop(context -> {
            inCleanUp.countDown();
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.time.advance(Duration.ofSeconds(5));
        assertThat(inCleanUp.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isFalse();
        TestDaemon.get(stop);
    }

    @Test
    void whoIsToldAfterTheGracefulTimeoutKnowsThatTimeIsUpButCleansUpUndisturbed() {
        CompletableFuture<SubsystemContext> told = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        daemon.add("a").onStop(context -> {
            told.complete(context);
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        add("b", "a").run(context -> TestDaemon.ignoringInterrupts(release));
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping b");
        daemon.time.advance(Duration.ofSeconds(10));
        TestDaemon.get(stop);
        assertThat(TestDaemon.get(told).isForced()).isTrue();
        assertThat(TestDaemon.get(told).remaining()).contains(Duration.ZERO);
        assertThat(TestDaemon.get(interrupted)).isFalse();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.events.texts(SubsystemEvent.StopTimedOut.class)).containsOnly("StopTimedOut b");
        release.countDown();
    }
}
