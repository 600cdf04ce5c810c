package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemState;

/** A wait whose time follows the configuration. */
@Timeout(60)
class AwaitSupplierTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final TestDaemon daemon = new TestDaemon();
    private final CompletableFuture<SubsystemContext> context = new CompletableFuture<>();
    private final BlockingQueue<Thread> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile Duration interval = LONG;

    @AfterEach
    void release() {
        release.countDown();
    }

    private SubsystemContext started() {
        daemon.add("a").run(run -> {
            context.complete(run);
            run.await();
        });
        daemon.started();
        return TestDaemon.get(context);
    }

    private Duration interval() {
        asked.add(Thread.currentThread());
        return interval;
    }

    private Thread nextAsked() throws InterruptedException {
        Thread thread = asked.poll(20, TimeUnit.SECONDS);
        assertThat(thread).as("who asks").isNotNull();
        return thread;
    }

    /** The supplier is asked again some time after that. */
    private void change(Duration value) {
        interval = value;
        daemon.engine().settingsChanged();
    }

    private static CompletableFuture<Boolean> waiting(SubsystemContext run, Supplier<Duration> timeout) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        new Thread(() -> {
            try {
                result.complete(run.await(timeout));
            } catch (Throwable thrown) {
                result.completeExceptionally(thrown);
            }
        }, "waiter").start();
        return result;
    }

    @Test
    void itIsAskedOnTheWaitingThreadAgainAfterEachChange() throws Exception {
        CompletableFuture<Boolean> result = waiting(started(), this::interval);
        Thread waiter = nextAsked();
        assertThat(waiter.getName()).isEqualTo("waiter");
        for (int i = 0; i < 3; i++) {
            change(LONG);
            assertThat(nextAsked()).isSameAs(waiter);
        }
        assertThat(result).isNotDone();
        daemon.stop();
        assertThat(TestDaemon.get(result)).isTrue();
    }

    @Test
    void aShorterOneTakesEffectAtOnce() throws Exception {
        CompletableFuture<Boolean> result = waiting(started(), this::interval);
        nextAsked();
        change(Duration.ofNanos(1));
        assertThat(TestDaemon.get(result)).isFalse();
        daemon.stop();
    }

    /** As when the change comes in between: it is not missed. */
    @Test
    void aChangeWhileItIsAskedIsNotMissed() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        CompletableFuture<Boolean> result = waiting(started(), () -> {
            Duration before = interval;
            if (before == LONG) {
                asking.countDown();
                TestDaemon.ignoringInterrupts(release);
            }
            return before;
        });
        assertThat(asking.await(20, TimeUnit.SECONDS)).isTrue();
        change(Duration.ofNanos(1));
        daemon.awaitLoop();
        release.countDown();
        assertThat(TestDaemon.get(result)).isFalse();
        daemon.stop();
    }

    /** Two hours that count from the beginning are not over in the hour that is left of the first. */
    @Test
    void aLongerOneCountsFromTheBeginningToo() throws Exception {
        interval = Duration.ofSeconds(5);
        CompletableFuture<Boolean> result = waiting(started(), this::interval);
        nextAsked();
        change(LONG);
        nextAsked();
        assertThat(result).isNotDone();
        daemon.stop();
        assertThat(TestDaemon.get(result)).isTrue();
    }

    @Test
    void noTimeIsNoWait() throws Exception {
        SubsystemContext run = started();
        assertThat(run.await(() -> Duration.ZERO)).isFalse();
        assertThat(run.await(() -> Duration.ofSeconds(Long.MIN_VALUE))).isFalse();
        daemon.stop();
        assertThat(run.await(() -> Duration.ZERO)).isTrue();
    }

    @Test
    void twoMayWait() throws Exception {
        SubsystemContext run = started();
        CompletableFuture<Boolean> first = waiting(run, this::interval);
        nextAsked();
        CompletableFuture<Boolean> second = waiting(run, this::interval);
        nextAsked();
        change(Duration.ofNanos(1));
        assertThat(TestDaemon.get(first)).isFalse();
        assertThat(TestDaemon.get(second)).isFalse();
        daemon.stop();
    }

    @Test
    void theStopEndsItWithoutAnotherQuestion() throws Exception {
        SubsystemContext run = started();
        CompletableFuture<Boolean> result = waiting(run, this::interval);
        nextAsked();
        daemon.stop();
        assertThat(TestDaemon.get(result)).isTrue();
        assertThat(run.await(() -> {
            throw new AssertionError("asked after the stop");
        })).isTrue();
        assertThat(asked).isEmpty();
    }

    @Test
    void whatTheSupplierThrowsEndsIt() {
        SubsystemContext run = started();
        assertThatThrownBy(() -> run.await(() -> {
            throw new IllegalStateException("no such key");
        })).isInstanceOf(IllegalStateException.class).hasMessage("no such key");
        assertThatIllegalArgumentException().isThrownBy(() -> run.await(() -> null))
                .withMessage("the supplier of the timeout gave null");
        assertThatIllegalArgumentException().isThrownBy(() -> run.await((Supplier<Duration>) null))
                .withMessage("the supplier of the timeout is null");
        daemon.stop();
    }

    @Test
    void anInterruptEndsIt() throws Exception {
        SubsystemContext run = started();
        CompletableFuture<Boolean> result = waiting(run, this::interval);
        nextAsked().interrupt();
        assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> run.await(() -> Duration.ZERO)).isInstanceOf(InterruptedException.class);
        daemon.stop();
    }

    private void watched(TestDaemon.Body body) {
        daemon.add("a").critical(false).settings(settings -> settings.withHeartbeatTimeout(Duration.ofSeconds(8))).run(body);
    }

    @Test
    void aBodyThatWaitsIsAlive() throws Exception {
        watched(run -> run.await(this::interval));
        daemon.started();
        awaitWaiting(nextAsked());
        daemon.time.advance(Duration.ofSeconds(40));
        change(LONG);
        awaitWaiting(nextAsked());
        daemon.time.advance(Duration.ofSeconds(40));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.stop();
    }

    private static void awaitWaiting(Thread thread) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(System.nanoTime()).as("it waits some day").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aBodyWhoseSupplierHangsIsNot() throws Exception {
        watched(run -> run.await(() -> {
            asked.add(Thread.currentThread());
            TestDaemon.ignoringInterrupts(release);
            return LONG;
        }));
        daemon.started();
        nextAsked();
        daemon.time.advance(Duration.ofSeconds(8));
        daemon.events.await("Failed a");
        assertThat(daemon.info("a").lastFailure().orElseThrow().message())
                .startsWith("PD-7003: subsystem 'a#1' has given no heartbeat for 8s");
        release.countDown();
        daemon.stop();
    }
}
