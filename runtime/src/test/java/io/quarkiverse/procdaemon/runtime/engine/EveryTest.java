package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemState;

/** A body that is called again and again. */
@Timeout(60)
class EveryTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofNanos(1);

    private final TestDaemon daemon = new TestDaemon();
    private final BlockingQueue<SubsystemContext> calls = new LinkedBlockingQueue<>();
    private final BlockingQueue<Thread> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile Duration interval = LONG;

    @AfterEach
    void release() {
        release.countDown();
    }

    private TestDaemon.Part add(TestDaemon.Body call) {
        return daemon.add("a").critical(false).every(this::interval).run(call);
    }

    private Duration interval() {
        asked.add(Thread.currentThread());
        return interval;
    }

    private void change(Duration value) {
        interval = value;
        daemon.engine().settingsChanged();
    }

    private SubsystemContext nextCall() throws InterruptedException {
        SubsystemContext call = calls.poll(20, TimeUnit.SECONDS);
        assertThat(call).as("the next call").isNotNull();
        return call;
    }

    /** It has been asked for the time after the call that was seen last, and waits for that, or will soon. */
    private Thread nextAsked() throws InterruptedException {
        Thread thread = asked.poll(20, TimeUnit.SECONDS);
        assertThat(thread).as("who asks").isNotNull();
        return thread;
    }

    @Test
    void theFirstCallIsAtOnceAndTheNextIsDueWhenTheIntervalIsOver() throws Exception {
        add(calls::add);
        daemon.started();
        nextCall();
        nextAsked();
        nextAsked();
        assertThat(calls).as("in an hour").isEmpty();
        change(SHORT);
        nextCall();
        nextCall();
        daemon.stop();
        assertThat(daemon.info("a").failures()).isZero();
    }

    /** The time counts from the end: a call that takes longer than the interval is not followed by another at once. */
    @Test
    void theIntervalCountsFromTheEndOfACall() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        interval = Duration.ofNanos(1);
        add(context -> {
            calls.add(context);
            interval = LONG;
            goOn.await();
        });
        daemon.started();
        nextCall();
        daemon.engine().settingsChanged();
        daemon.awaitLoop();
        asked.clear();
        goOn.countDown();
        nextAsked();
        assertThat(calls).isEmpty();
        daemon.stop();
        assertThat(calls).isEmpty();
    }

    @Test
    void noCallBeginsOnceTheStopHasBegun() throws Exception {
        interval = SHORT;
        add(context -> {
            calls.add(context);
            context.await();
        });
        daemon.started();
        nextCall();
        daemon.stop();
        assertThat(calls).isEmpty();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
    }

    @Test
    void offIsNoCallUntilThatChanges() throws Exception {
        interval = null;
        add(calls::add);
        daemon.started();
        nextAsked();
        daemon.engine().settingsChanged();
        nextAsked();
        assertThat(calls).isEmpty();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        change(LONG);
        nextCall();
        change(null);
        daemon.awaitLoop();
        daemon.stop();
        assertThat(calls).isEmpty();
    }

    @Test
    void eachCallIsAHeartbeat() throws Exception {
        BlockingQueue<CountDownLatch> holds = new LinkedBlockingQueue<>();
        add(context -> {
            calls.add(context);
            CountDownLatch hold = new CountDownLatch(1);
            holds.add(hold);
            TestDaemon.ignoringInterrupts(hold);
        }).settings(settings -> settings.withHeartbeatTimeout(Duration.ofSeconds(8)));
        interval = SHORT;
        daemon.started();
        for (int i = 0; i < 3; i++) {
            nextCall();
            daemon.time.advance(Duration.ofSeconds(7));
            assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
            holds.take().countDown();
        }
        nextCall();
        daemon.time.advance(Duration.ofSeconds(10));
        daemon.events.await("Failed a");
        assertThat(daemon.info("a").lastFailure().orElseThrow().message())
                .startsWith("PD-7003: subsystem 'a#1' has given no heartbeat for 8s");
        holds.take().countDown();
        daemon.stop();
    }

    @Test
    void aCallThatFailsIsAFailureOfTheRunAndTheNextRunBeginsWithACall() throws Exception {
        add(context -> {
            calls.add(context);
            if (context.generation() == 1) {
                throw new IOException("no such table");
            }
        }).restart(restart -> restart);
        daemon.started();
        daemon.events.await("Restarting a");
        assertThat(daemon.failure("a")).isEqualTo("IOException: no such table");
        daemon.time.advance(Duration.ofMillis(100));
        assertThat(nextCall().generation()).isEqualTo(1);
        assertThat(nextCall().generation()).isEqualTo(2);
        daemon.stop();
    }

    @Test
    void aStageIsWaitedForBeforeTheIntervalBegins() throws Exception {
        BlockingQueue<CompletableFuture<Void>> stages = new LinkedBlockingQueue<>();
        interval = SHORT;
        daemon.add("a").critical(false).every(this::interval).runAsync(context -> {
            CompletableFuture<Void> stage = new CompletableFuture<>();
            calls.add(context);
            stages.add(stage);
            return stage;
        });
        daemon.started();
        nextCall();
        daemon.engine().settingsChanged();
        daemon.awaitLoop();
        assertThat(calls).as("while the stage is open").isEmpty();
        stages.take().complete(null);
        nextCall();
        stages.take().completeExceptionally(new IOException("no such table"));
        daemon.events.await("GaveUp a");
        assertThat(daemon.failure("a")).isEqualTo("IOException: no such table");
        daemon.stop();
    }

    @Test
    void aStageIsCancelledWhenTheStopIsForced() throws Exception {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        daemon.add("a").critical(false).every(this::interval).runAsync(context -> {
            calls.add(context);
            return stage;
        });
        daemon.started();
        nextCall();
        CompletableFuture<Void> stop = daemon.engine().stop("a").toCompletableFuture();
        daemon.events.await("Stopping a");
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        assertThat(stage).isNotDone();
        daemon.time.advance(Duration.ofSeconds(5));
        TestDaemon.get(stop);
        assertThat(stage).failsWithin(Duration.ofSeconds(20));
        assertThat(stage).isCancelled();
        daemon.stop();
    }

    /** As for a body that is a stage: no clean-up and no other run beside it. */
    @Test
    void aStageThatIgnoresThatIsWaitedForOrAbandoned() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        CompletableFuture<Void> stage = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterrupt) {
                cancelled.countDown();
                return false;
            }
        };
        CompletableFuture<Thread> body = new CompletableFuture<>();
        daemon.add("a").critical(false).every(this::interval).runAsync(context -> {
            body.complete(Thread.currentThread());
            return stage;
        }).onStop(calls::add);
        daemon.started();
        Thread thread = TestDaemon.get(body);
        CompletableFuture<Void> stop = daemon.engine().stop("a").toCompletableFuture();
        daemon.events.await("Stopping a");
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
        while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
        assertThat(thread.isAlive()).as("its thread waits on").isTrue();
        daemon.awaitLoop();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPING);
        daemon.time.advance(Duration.ofSeconds(5));
        assertThat(stop).failsWithin(Duration.ofSeconds(20)).withThrowableThat()
                .withMessageContaining("was abandoned in its body");
        assertThat(calls).as("its clean-up").isEmpty();
        stage.complete(null);
        daemon.stop();
    }

    @Test
    void anIntervalThatCannotBeFoundOutIsAFailure() {
        daemon.add("a").critical(false).every(() -> {
            throw new IllegalArgumentException("the key 'poll' has no value");
        }).run(calls::add);
        daemon.started();
        daemon.events.await("GaveUp a");
        assertThat(daemon.failure("a")).isEqualTo("IllegalArgumentException: the key 'poll' has no value");
        assertThat(calls).isEmpty();
        daemon.stop();
    }

    /** RUNNING for stable-after, but without a call that succeeded: the next delay is the longer one. */
    @Test
    void aRunIsStableOnlyAfterACallThatSucceeded() throws Exception {
        add(context -> {
            calls.add(context);
            if (context.generation() == 2) {
                release.await();
            }
            throw new IOException("no such table");
        }).restart(restart -> restart.withDelays(Duration.ofSeconds(1), Duration.ofSeconds(60), 2, 0));
        daemon.started();
        daemon.events.await("Restarting a");
        daemon.time.awaitNextIn(Duration.ofSeconds(1));
        daemon.time.advance(Duration.ofSeconds(1));
        nextCall();
        nextCall();
        daemon.time.advance(Duration.ofSeconds(31));
        release.countDown();
        daemon.events.await("Restarting a", 2);
        daemon.time.awaitNextIn(Duration.ofSeconds(2));
        assertThat(daemon.info("a").restartsLeft()).hasValue(8);
        daemon.stop();
    }

    @Test
    void oneWithACallThatSucceededIs() throws Exception {
        BlockingQueue<CompletableFuture<Void>> ends = new LinkedBlockingQueue<>();
        interval = SHORT;
        add(context -> {
            calls.add(context);
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            TestDaemon.get(end);
        }).restart(restart -> restart.withDelays(Duration.ofSeconds(1), Duration.ofSeconds(60), 2, 0));
        daemon.started();
        nextCall();
        ends.take().completeExceptionally(new IllegalStateException("first"));
        daemon.events.await("Restarting a");
        daemon.time.awaitNextIn(Duration.ofSeconds(1));
        daemon.time.advance(Duration.ofSeconds(1));
        nextCall();
        ends.take().complete(null);
        nextCall();
        daemon.time.advance(Duration.ofSeconds(31));
        ends.take().completeExceptionally(new IllegalStateException("second"));
        daemon.events.await("Restarting a", 2);
        daemon.time.awaitNextIn(Duration.ofSeconds(1));
        daemon.stop();
    }
}
