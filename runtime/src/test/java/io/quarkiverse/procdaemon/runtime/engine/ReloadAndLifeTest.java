package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.TestDaemon.Part;

/** Subsystems that come and go while they are asked about a change. */
@Timeout(60)
class ReloadAndLifeTest {

    private static final IllegalStateException VETO = new IllegalStateException("no");

    private final Asking asking = new Asking();
    private final TestDaemon daemon = asking.daemon;
    private final Asking.Slow slow = new Asking.Slow(false);
    private final Asking.Slow stubborn = new Asking.Slow(true);
    private final Bodies bodies = new Bodies();
    private final CountDownLatch starting = new CountDownLatch(1);
    private final CountDownLatch start = new CountDownLatch(1);

    private static void assertShuttingDown(CompletionStage<?> stage) {
        assertThatThrownBy(() -> TestDaemon.get(stage)).isInstanceOf(DaemonStateException.class)
                .hasMessage("PD-8001: the daemon is shutting down");
    }

    private static void assertVetoed(CompletionStage<?> stage) {
        assertThatThrownBy(() -> TestDaemon.get(stage)).hasMessageEndingWith("vetoed it: IllegalStateException: no")
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).isEmpty());
    }

    // -- a run that ends while it is asked

    @Test
    void whoFailsWhileItIsAskedHasNoSayAndIsInterrupted() throws Exception {
        asking.add("a", slow).run(bodies::run).restart(restart -> restart);
        asking.add("b");
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        slow.awaitAsked();
        bodies.end(1).completeExceptionally(new IllegalStateException("broken"));
        TestDaemon.get(stage);
        slow.awaitInterrupted();
        assertThat(asking.calls).containsExactly("a change", "b change");
        assertThat(asking.commits).hasValue(1);
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        assertThat(daemon.time.scheduled()).as("only the back-off").isOne();
        assertThat(daemon.failure("a"))
                .isEqualTo("ExecutionException: java.lang.IllegalStateException: broken");
        daemon.stop();
    }

    @Test
    void theSequenceGoesOnAtOnceThoughItsDependentsAreStillToStop() throws Exception {
        asking.add("a", slow).run(bodies::run).restart(restart -> restart);
        CountDownLatch stop = new CountDownLatch(1);
        daemon.add("above", "a").onStop(context -> stop.await());
        asking.add("b");
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        slow.awaitAsked();
        bodies.end(1).completeExceptionally(new IllegalStateException("broken"));
        TestDaemon.get(stage);
        assertThat(slow.isInterrupted()).as("before it is asked to stop").isFalse();
        stop.countDown();
        slow.awaitInterrupted();
        daemon.stop();
    }

    @Test
    void whoIsStoppedWhileItIsAskedHasNoSayAndIsNotAskedBack() throws Exception {
        asking.add("a", slow);
        asking.add("b", Asking.vetoing(VETO));
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        slow.awaitAsked();
        TestDaemon.get(daemon.engine().stop("a"));
        slow.awaitInterrupted();
        assertVetoed(stage);
        assertThat(asking.calls).containsExactly("a change", "b change");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        daemon.stop();
    }

    @Test
    void theAnswerOfAnOldRunCountsForNothing() throws Exception {
        asking.add("a", change -> stubborn.hasEnded() ? null : stubborn.react(change)).settings(
                settings -> settings.withStopTimeout(Duration.ofHours(1)));
        asking.add("b", slow);
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        stubborn.awaitAsked();
        CompletionStage<?> restart = daemon.engine().restart("a");
        slow.awaitAsked();
        stubborn.letGo();
        TestDaemon.get(restart);
        slow.letGo();
        TestDaemon.get(stage);
        assertThat(asking.calls).as("the new run may have seen the old configuration").containsExactly("a change", "b change",
                "a change");
        daemon.stop();
    }

    // -- a run that comes while others are asked

    @Test
    void aLaterRunIsNotAskedBackForAnEarlierOne() throws Exception {
        asking.add("a");
        asking.add("b", change -> {
            slow.react(change);
            throw VETO;
        });
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        slow.awaitAsked();
        TestDaemon.get(daemon.engine().restart("a"));
        slow.letGo();
        assertVetoed(stage);
        assertThat(asking.calls).containsExactly("a change", "b change");
        daemon.stop();
    }

    @Test
    void aRunThatBeginsBeforeAllHaveAgreedIsAskedToo() throws Exception {
        asking.add("a");
        asking.add("b", slow);
        daemon.started();
        TestDaemon.get(daemon.engine().stop("a"));
        CompletionStage<?> stage = asking.ask();
        slow.awaitAsked();
        TestDaemon.get(daemon.engine().start("a"));
        slow.letGo();
        TestDaemon.get(stage);
        assertThat(asking.calls).containsExactly("b change", "a change");
        daemon.stop();
    }

    @Test
    void thoseThatStartEachOtherForEverAreNotAskedForEver() {
        asking.add("a", change -> restart("b", change == Asking.CHANGE));
        asking.add("b", change -> restart("a", change == Asking.CHANGE));
        daemon.started();
        assertThatThrownBy(() -> TestDaemon.get(asking.ask()))
                .hasMessage("PD-7004: subsystem 'a' was started again whenever it had been asked");
        assertThat(asking.calls).hasSize(21).endsWith("b inverse");
        daemon.stop();
    }

    private CompletionStage<?> restart(String name, boolean really) {
        return really ? daemon.engine().restart(name) : null;
    }

    // -- a run that is still to begin

    private Part addStarting() {
        return asking.add("x").critical(false).onStart(context -> {
            starting.countDown();
            start.await();
        });
    }

    /** Returns when those before it have answered. */
    private CompletionStage<?> askWhileStarting() throws InterruptedException {
        CountDownLatch itsTurn = new CountDownLatch(1);
        daemon.started();
        assertThat(starting.await(20, TimeUnit.SECONDS)).isTrue();
        CompletionStage<?> stage = asking.ask(name -> {
            if (name.equals("x")) {
                itsTurn.countDown();
            }
            return true;
        });
        assertThat(itsTurn.await(20, TimeUnit.SECONDS)).isTrue();
        return stage;
    }

    @Test
    void whoIsStartingIsWaitedForAndThenAsked() throws Exception {
        asking.add("a");
        addStarting();
        asking.add("b");
        CompletionStage<?> stage = askWhileStarting();
        daemon.time.awaitNextIn(Asking.PATIENCE);
        daemon.time.advance(Duration.ofSeconds(9));
        assertThat(asking.calls).doesNotContain("x change");
        start.countDown();
        TestDaemon.get(stage);
        assertThat(asking.calls).containsExactly("a change", "x change", "b change");
        assertThat(asking.commits).hasValue(1);
        assertThat(daemon.time.scheduled()).isZero();
        daemon.stop();
    }

    @Test
    void whoIsStartingForTooLongCannotBeAsked() throws Exception {
        asking.add("a");
        addStarting();
        CompletionStage<?> stage = askWhileStarting();
        daemon.time.awaitNextIn(Asking.PATIENCE);
        daemon.time.advance(Asking.PATIENCE);
        assertThatThrownBy(() -> TestDaemon.get(stage))
                .hasMessage("PD-7004: subsystem 'x' was still starting after 10s and could not be asked");
        assertThat(asking.calls).containsExactly("a change", "a inverse");
        start.countDown();
        daemon.events.await("Started x");
        TestDaemon.get(asking.ask());
        daemon.stop();
    }

    @Test
    void whoHasStartedInTheEndIsNotCalledLateAnyMore() throws Exception {
        Hold hold = new Hold(daemon);
        CompletableFuture<Void> started = new CompletableFuture<>() {
            @Override
            public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
                CompletableFuture<Void> stage = super.whenComplete(action);
                starting.countDown();
                return stage;
            }
        };
        asking.add("x", slow).critical(false).onStartAsync(context -> started);
        CompletionStage<?> stage = askWhileStarting();
        daemon.time.awaitNextIn(Asking.PATIENCE);
        hold.begin();
        started.complete(null);
        daemon.time.advance(Asking.PATIENCE);
        hold.end();
        slow.awaitAsked();
        daemon.time.awaitNextIn(Asking.PATIENCE);
        slow.letGo();
        TestDaemon.get(stage);
        daemon.stop();
    }

    @Test
    void whoFailsToStartIsWaitedForNoLonger() throws Exception {
        addStarting().onStart(context -> {
            starting.countDown();
            start.await();
            throw new IllegalStateException("broken");
        });
        asking.add("y");
        CompletionStage<?> stage = askWhileStarting();
        daemon.time.awaitNextIn(Asking.PATIENCE);
        start.countDown();
        TestDaemon.get(stage);
        assertThat(asking.calls).containsExactly("y change");
        assertThat(daemon.time.scheduled()).isZero();
        daemon.stop();
    }

    @Test
    void whoTakesNoPartIsNotWaitedFor() throws Exception {
        addStarting().onReload(null);
        daemon.started();
        assertThat(starting.await(20, TimeUnit.SECONDS)).isTrue();
        TestDaemon.get(asking.ask());
        start.countDown();
        daemon.stop();
    }

    // -- the end of the daemon

    @Test
    void theShutdownOfTheDaemonEndsItAtOnce() throws Exception {
        asking.add("a");
        asking.add("b", slow);
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        slow.awaitAsked();
        daemon.engine().shutdown();
        assertShuttingDown(stage);
        assertThat(slow.isInterrupted()).as("before it is its turn").isFalse();
        daemon.stop();
        slow.awaitInterrupted();
        assertThat(asking.calls).containsExactly("a change", "b change");
        assertThat(asking.commits).hasValue(0);
        assertShuttingDown(asking.ask());
    }

    @Test
    void theShutdownEndsTheUndoing() throws Exception {
        asking.add("a");
        asking.add("b", change -> change == Asking.INVERSE ? slow.react(change) : null);
        asking.add("c", Asking.vetoing(VETO));
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        slow.awaitAsked();
        daemon.stop();
        assertShuttingDown(stage);
        assertThat(asking.calls).containsExactly("a change", "b change", "c change", "b inverse");
        assertThat(daemon.time.scheduled()).isZero();
    }

    @Test
    void theShutdownEndsTheWaitForAStart() throws Exception {
        addStarting();
        CompletionStage<?> stage = askWhileStarting();
        daemon.time.awaitNextIn(Asking.PATIENCE);
        daemon.stop();
        assertShuttingDown(stage);
        assertThat(daemon.time.scheduled()).isZero();
    }

    // -- an onReload that will not end

    @Test
    void anOnReloadIsPartOfItsRunSoThatNeitherTheCleanUpNorTheNextRunBeginsBesideIt() throws Exception {
        CompletableFuture<Boolean> beside = new CompletableFuture<>();
        asking.add("a", stubborn).onStop(context -> beside.complete(!stubborn.hasEnded()))
                .settings(settings -> settings.withStopTimeout(Duration.ofHours(1)));
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        stubborn.awaitAsked();
        CompletionStage<?> restarted = daemon.engine().restart("a");
        TestDaemon.get(stage);
        stubborn.awaitInterrupted();
        daemon.time.awaitNextIn(Duration.ofHours(1));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPING);
        assertThat(daemon.info("a").generation()).isOne();
        stubborn.letGo();
        TestDaemon.get(restarted);
        assertThat(TestDaemon.get(beside)).isFalse();
        assertThat(daemon.info("a").generation()).isEqualTo(2);
        daemon.stop();
    }

    @Test
    void anOnReloadThatIgnoresItsFirstInterruptIsInterruptedAgainAtTheStopTimeout() throws Exception {
        CountDownLatch again = new CountDownLatch(1);
        asking.add("a", change -> {
            try {
                slow.react(change);
            } catch (InterruptedException first) {
                again.countDown();
                start.await();
            }
            return null;
        });
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        slow.awaitAsked();
        CompletionStage<?> stopped = daemon.engine().stop("a");
        TestDaemon.get(stage);
        assertThat(again.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        TestDaemon.get(stopped);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        daemon.stop();
    }

    @Test
    void anOnReloadThatIgnoresItsInterruptIsAbandonedAsABodyIs() throws Exception {
        asking.add("a", stubborn).critical(false);
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        stubborn.awaitAsked();
        CompletionStage<?> stopped = daemon.engine().stop("a");
        TestDaemon.get(stage);
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        daemon.events.await("StopTimedOut a");
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        String abandoned = "PD-7002: subsystem 'a#1' did not end though it was interrupted, and was abandoned in its "
                + "onReload; the stack shows where it hangs";
        assertThatThrownBy(() -> TestDaemon.get(stopped)).hasMessage(abandoned);
        assertThat(daemon.info("a").lastFailure().orElseThrow().stack()).contains(".react(");
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().start("a"))).hasMessage("PD-7002: subsystem 'a#1' was "
                + "abandoned and still runs, so it cannot be started again; restart the process");
        stubborn.letGo();
        daemon.stop();
    }

    @Test
    void anOnReloadThatIgnoresItsInterruptDoesNotHoldUpTheEndBeyondItsMoments() throws Exception {
        asking.add("a", stubborn);
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        stubborn.awaitAsked();
        CompletableFuture<Void> stop = daemon.stopLater();
        assertShuttingDown(stage);
        stubborn.awaitInterrupted();
        daemon.time.advance(Duration.ofSeconds(10));
        TestDaemon.get(stop);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);
        stubborn.letGo();
    }
}
