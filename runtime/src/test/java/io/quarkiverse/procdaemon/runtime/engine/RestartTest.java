package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;

/** A subsystem that fails or finishes comes back as its policy says. */
@Timeout(60)
class RestartTest {

    private static final Duration MILLI = Duration.ofMillis(1);

    private final TestDaemon daemon = new TestDaemon();
    /** How a body is to end: an exception, or this for a return. */
    private final SynchronousQueue<Object> end = new SynchronousQueue<>();
    private static final Object RETURN = "return";

    private TestDaemon.Part add(String name, String... dependsOn) {
        return daemon.add(name, dependsOn).run(context -> {
            context.onShutdown(Thread.currentThread()::interrupt);
            if (end.take() instanceof Exception failure) {
                throw failure;
            }
        });
    }

    private void crash() throws InterruptedException {
        end(new IOException("broken"));
    }

    private void end(Object how) throws InterruptedException {
        assertThat(end.offer(how, 20, TimeUnit.SECONDS)).as("a body took it").isTrue();
    }

    private List<SubsystemEvent.Restarting> restarts() {
        return daemon.events.all().stream().filter(SubsystemEvent.Restarting.class::isInstance)
                .map(SubsystemEvent.Restarting.class::cast).toList();
    }

    @Test
    void aCrashIsFollowedByAnotherRunAfterTheBackOff() throws Exception {
        add("a").restart(restart -> restart);
        daemon.started();
        crash();
        daemon.time.awaitNextIn(Duration.ofMillis(100));

        SubsystemInfo info = daemon.info("a");
        assertThat(info.state()).isEqualTo(SubsystemState.RESTARTING);
        assertThat(info.restarts()).isEqualTo(1);
        assertThat(info.failures()).isEqualTo(1);
        assertThat(info.generation()).isEqualTo(1);
        assertThat(info.reason()).contains("IOException: broken");

        daemon.time.advance(Duration.ofMillis(99));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RESTARTING);
        daemon.time.advance(MILLI);
        daemon.events.await("Started a", 2);
        assertThat(daemon.info("a").generation()).isEqualTo(2);
        assertThat(daemon.info("a").reason()).isEmpty();
        assertThat(daemon.exit).isNotDone();
        assertThat(daemon.events.texts()).containsSubsequence("Started a", "Failed a", "Restarting a", "Waiting a",
                "Starting a", "Started a");
        daemon.stop();
        assertThat(daemon.time.scheduled()).isZero();
    }

    @Test
    void eachDelayIsLongerThanTheOneBeforeUpToTheCap() throws Exception {
        add("a").restart(restart -> restart.withDelays(Duration.ofMillis(10), Duration.ofMillis(75), 2, 0));
        daemon.started();
        for (long delay : new long[] { 10, 20, 40, 75, 75 }) {
            crash();
            daemon.time.awaitNextIn(Duration.ofMillis(delay));
            daemon.time.advance(Duration.ofMillis(delay));
        }
        daemon.events.await("Started a", 6);
        assertThat(restarts()).extracting(SubsystemEvent.Restarting::attempt).containsExactly(1, 2, 3, 4, 5);
        assertThat(restarts()).extracting(restart -> restart.delay().toMillis()).containsExactly(10L, 20L, 40L, 75L, 75L);
        daemon.stop();
    }

    @Test
    void chanceShortensADelayByItsPartAtMost() throws Exception {
        daemon.jitter = new ArrayDeque<>(List.of(0.0, 0.5, 0.999))::remove;
        add("a").restart(restart -> restart.withDelays(Duration.ofMillis(1000), Duration.ofMinutes(1), 1, 0.2));
        daemon.started();
        for (long delay : new long[] { 1_000_000, 900_000, 800_200 }) {
            crash();
            daemon.time.awaitNextIn(Duration.ofNanos(delay * 1000));
            daemon.time.advance(Duration.ofSeconds(1));
        }
        daemon.events.await("Started a", 4);
        daemon.stop();
    }

    @Test
    void aStableRunMakesTheNextDelayTheFirstAgain() throws Exception {
        add("a").restart(restart -> restart.withStableAfter(Duration.ofSeconds(3)));
        daemon.started();
        crash();
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started a", 2);
        daemon.time.advance(Duration.ofMillis(2_999));
        crash();
        daemon.time.awaitNextIn(Duration.ofMillis(200));
        daemon.time.advance(Duration.ofMillis(200));
        daemon.events.await("Started a", 3);
        daemon.time.advance(Duration.ofMillis(3_000));
        crash();
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        daemon.events.await("Restarting a", 3);
        assertThat(restarts()).extracting(SubsystemEvent.Restarting::attempt).containsExactly(1, 2, 1);
        daemon.stop();
    }

    @Test
    void theBudgetIsForAWindowThatSlides() throws Exception {
        add("a").restart(
                restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0).withBudget(2, Duration.ofSeconds(10))
                        .withStableAfter(Duration.ofSeconds(3)));
        daemon.started();
        crash();
        daemon.events.await("Started a", 2);
        daemon.time.advance(Duration.ofSeconds(6));
        crash();
        daemon.events.await("Started a", 3);
        daemon.time.advance(Duration.ofSeconds(4));
        crash();
        daemon.events.await("Started a", 4);
        daemon.time.advance(Duration.ofMillis(5_999));
        crash();
        assertThat(TestDaemon.get(daemon.exit)).isEqualTo(1);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);
        assertThat(daemon.info("a").restarts()).isEqualTo(3);
        assertThat(daemon.info("a").failures()).isEqualTo(4);
        daemon.events.await("GaveUp a");
        SubsystemEvent.GaveUp gaveUp = (SubsystemEvent.GaveUp) daemon.events.all().stream()
                .filter(SubsystemEvent.GaveUp.class::isInstance).findFirst().orElseThrow();
        assertThat(gaveUp.reason()).isEqualTo("it was restarted 2 times within 10s, which is all that "
                + "subsystem.restart.max-restarts allows");
        assertThat(gaveUp.failure().type()).isEqualTo(IOException.class.getName());
        assertThat(gaveUp.failure().phase()).isEqualTo(SubsystemEvent.Phase.RUN);
        daemon.stop();
    }

    @Test
    void thereMayBeNoLimit() throws Exception {
        add("a").restart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0)
                .withBudget(RestartSettings.UNLIMITED, Duration.ofSeconds(10)));
        daemon.started();
        for (int i = 0; i < 50; i++) {
            crash();
        }
        daemon.events.await("Started a", 51);
        assertThat(daemon.exit).isNotDone();
        daemon.stop();
    }

    @Test
    void whatFailsForGoodNeedNotEndTheDaemon() throws Exception {
        add("a").restart(restart -> restart.withBudget(0, Duration.ofSeconds(1)).withShutdownWhenExhausted(false));
        daemon.add("b", "a");
        daemon.add("c");
        daemon.started();
        crash();
        daemon.events.await("GaveUp a");
        daemon.events.await("Waiting b", 2);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);
        assertThat(daemon.info("a").reason()).contains("IOException: broken");
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.WAITING);
        assertThat(daemon.info("b").reason()).contains("waits for 'a', which is FAILED: IOException: broken");
        assertThat(daemon.state("c")).isEqualTo(SubsystemState.RUNNING);
        assertThat(daemon.exit).isNotDone();
        daemon.stop();
    }

    @Test
    void aSubsystemThatIsNotCriticalMayEndTheDaemonAllTheSame() throws Exception {
        add("a").critical(false).settings(settings -> settings
                .withRestart(restart -> restart.withShutdownWhenExhausted(true)));
        daemon.started();
        crash();
        assertThat(TestDaemon.get(daemon.exit)).isEqualTo(1);
        daemon.stop();
    }

    @Test
    void aReturnIsFollowedByAnotherRunOnlyIfThePolicyIsAlways() throws Exception {
        add("a").restart(restart -> restart.withPolicy(RestartPolicy.ALWAYS).withBudget(1, Duration.ofSeconds(10)));
        daemon.started();
        end(RETURN);
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RESTARTING);
        assertThat(daemon.info("a").failures()).isZero();
        assertThat(daemon.info("a").reason()).contains("its body has returned");
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started a", 2);

        end(RETURN);
        assertThat(TestDaemon.get(daemon.exit)).isEqualTo(1);
        assertThat(daemon.failure("a"))
                .isEqualTo("PD-4003: the body of subsystem 'a#2' has returned though its restart policy is ALWAYS");
        daemon.stop();
    }

    @Test
    void aReturnIsTheEndForOthers() throws Exception {
        add("a").restart(restart -> restart);
        daemon.started();
        end(RETURN);
        daemon.events.await("Stopped a");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(restarts()).isEmpty();
        daemon.stop();
    }

    @Test
    void aBodyThatReturnsWhileItIsToBeRestartedComesBack() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        add("a");
        daemon.add("b", "a").run(context -> {
            context.await();
            release.await();
        });
        daemon.started();
        CompletionStage<Void> restarted = daemon.engine().restart("a");
        daemon.events.await("Stopping b");
        end(RETURN);
        release.countDown();
        TestDaemon.get(restarted);
        assertThat(daemon.info("a").generation()).isEqualTo(2);
        daemon.stop();
    }

    @Test
    void aStartThatFailsIsTriedAgainBeforeTheDaemonGivesUp() {
        int[] attempts = new int[1];
        add("a").onStart(context -> {
            if (++attempts[0] < 3) {
                throw new IOException("not yet");
            }
        }).restart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0));
        daemon.started();
        assertThat(daemon.info("a").generation()).isEqualTo(3);
        assertThat(daemon.info("a").restarts()).isEqualTo(2);
        daemon.stop();
    }

    @Test
    void aStartWhoseAttemptsAreUsedUpIsRolledBack() {
        daemon.add("a").onStart(context -> {
            throw new IOException("never");
        }).restart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0).withBudget(3, Duration.ofSeconds(1)));
        assertThatThrownBy(() -> daemon.engine().start()).isInstanceOf(SubsystemException.class)
                .hasMessage("PD-4002: the daemon does not start because subsystem 'a' failed: IOException: never");
        assertThat(daemon.info("a").generation()).isEqualTo(4);
        assertThat(daemon.time.scheduled()).isZero();
    }

    @Test
    void aCleanUpThatFailsDoesNotKeepItFromComingBack() throws Exception {
        add("a").onStop(context -> {
            throw new IllegalStateException("dirty");
        }).restart(restart -> restart);
        daemon.started();
        crash();
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        assertThat(daemon.info("a").failures()).isEqualTo(2);
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started a", 2);
        daemon.stop();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);
    }

    @Test
    void aCleanUpThatFailsAtAStopByHandIsNoReasonToEndTheDaemon() {
        daemon.add("a").onStop(context -> {
            throw new IllegalStateException("dirty");
        }).restart(restart -> restart);
        daemon.started();
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().stop("a")))
                .hasMessage("PD-4004: the clean-up of subsystem 'a' failed: IllegalStateException: dirty");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);
        assertThat(daemon.exit).isNotDone();
        daemon.stop();
    }

    @Test
    void theOldRunIsOverBeforeTheNextBegins() throws Exception {
        ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
        add("a").onStart(context -> calls.add("start " + context.generation()))
                .onStop(context -> calls.add("stop " + context.generation()))
                .restart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0));
        daemon.started();
        crash();
        crash();
        daemon.events.await("Started a", 3);
        daemon.stop();
        assertThat(calls).containsExactlyElementsOf(IntStream.rangeClosed(1, 3).boxed()
                .flatMap(run -> Stream.of("start " + run, "stop " + run)).toList());
    }

    @Test
    void theBackOffOfOneDelaysNoOther() throws Exception {
        add("a").restart(restart -> restart);
        daemon.add("b").restart(restart -> restart).run(context -> {
            if (context.generation() == 1) {
                throw new IOException("once");
            }
            context.await();
        }).settings(settings -> settings.withRestart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0)));
        daemon.started();
        crash();
        daemon.events.await("Started b", 2);
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RESTARTING);
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.RUNNING);
        daemon.stop();
    }

    @Test
    void aStartByHandEndsTheBackOffAndFillsTheBudget() throws Exception {
        add("a").restart(restart -> restart.withBudget(1, Duration.ofHours(1)));
        daemon.started();
        crash();
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        TestDaemon.get(daemon.engine().start("a"));
        assertThat(daemon.info("a").generation()).isEqualTo(2);
        assertThat(daemon.time.scheduled()).isZero();
        assertThat(daemon.info("a").restarts()).isEqualTo(1);
        crash();
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RESTARTING);
        daemon.events.await("Restarting a", 2);
        assertThat(restarts()).extracting(SubsystemEvent.Restarting::attempt).containsExactly(1, 1);
        daemon.stop();
    }

    @Test
    void aHandThatRestartsWhatHasFailedNeedsNoPolicy() throws Exception {
        CountDownLatch cleaningUp = new CountDownLatch(1);
        CountDownLatch clean = new CountDownLatch(1);
        add("a").onStop(context -> {
            cleaningUp.countDown();
            clean.await();
        });
        daemon.started();
        crash();
        assertThat(cleaningUp.await(20, TimeUnit.SECONDS)).isTrue();
        CompletionStage<Void> restart = daemon.engine().restart("a");
        clean.countDown();
        TestDaemon.get(restart);
        assertThat(daemon.info("a").generation()).isEqualTo(2);
        assertThat(daemon.info("a").restarts()).isZero();
        assertThat(daemon.exit).isNotDone();
        daemon.stop();
        assertThat(daemon.events.texts()).containsSubsequence("Failed a", "Stopped a", "Waiting a", "Started a");
    }

    @Test
    void aStopOfAllEndsABackOff() throws Exception {
        add("a").restart(restart -> restart);
        daemon.started();
        crash();
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        daemon.stop();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.time.scheduled()).isZero();
    }

    @Test
    void aFailureDuringAStopOfAllIsNotFollowedByAnotherRun() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        add("a").restart(restart -> restart);
        daemon.add("b", "a").run(context -> {
            context.await();
            release.await();
        });
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping b");
        crash();
        daemon.events.await("Failed a");
        release.countDown();
        TestDaemon.get(stop);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(restarts()).isEmpty();
    }
}
