package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.ThreadKind;

/** A body that waits for its stop, in our own method, is not hung. */
@Timeout(60)
class AwaitHeartbeatTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    private static final Duration LONG = Duration.ofHours(1);

    private final TestDaemon daemon = new TestDaemon();
    private final CompletableFuture<Thread> waiter = new CompletableFuture<>();
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private TestDaemon.Part watched(TestDaemon.Part part) {
        return part.critical(false).settings(settings -> settings.withHeartbeatTimeout(TIMEOUT));
    }

    private TestDaemon.Part add(TestDaemon.Body body) {
        return watched(daemon.add("a").run(body));
    }

    /** Announces the calling thread, which is about to wait. */
    private SubsystemContext waiting(SubsystemContext context) {
        waiter.complete(Thread.currentThread());
        return context;
    }

    private void hang() throws InterruptedException {
        hanging.countDown();
        release.await();
    }

    private void startedAndWaiting() {
        daemon.started();
        Thread thread = TestDaemon.get(waiter);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(System.nanoTime()).as("it waits some day").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private void assertRunning() {
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
    }

    private void assertHungAndStop() {
        daemon.events.await("Failed a");
        assertThat(daemon.info("a").lastFailure().orElseThrow().message())
                .startsWith("PD-7003: subsystem 'a#1' has given no heartbeat for 8s");
        release.countDown();
        daemon.stop();
    }

    @ParameterizedTest
    @EnumSource(value = ThreadKind.class, names = { "AUTO", "PLATFORM" })
    void whileItWaitsWithoutBound(ThreadKind kind) {
        add(context -> waiting(context).await()).settings(settings -> settings.withThread(kind));
        startedAndWaiting();
        daemon.time.advance(TIMEOUT.multipliedBy(5));
        assertRunning();
        daemon.stop();
    }

    @ParameterizedTest
    @EnumSource(value = ThreadKind.class, names = { "AUTO", "PLATFORM" })
    void whileItWaitsForItsNextTurn(ThreadKind kind) {
        add(context -> {
            context.heartbeat();
            waiting(context).await(LONG);
        }).settings(settings -> settings.withThread(kind));
        startedAndWaiting();
        daemon.time.advance(TIMEOUT.multipliedBy(5));
        assertRunning();
        daemon.stop();
    }

    @Test
    void whenItHasWaitedTheTimeoutCountsFromThen() throws Exception {
        add(context -> {
            go.await();
            context.await(Duration.ofNanos(1));
            hang();
        });
        daemon.started();
        daemon.time.advance(TIMEOUT.minusSeconds(1));
        go.countDown();
        hanging.await();
        daemon.time.advance(TIMEOUT.minusSeconds(1));
        assertRunning();
        daemon.time.advance(TIMEOUT);
        assertHungAndStop();
    }

    @Test
    void anotherThreadThatWaitsProvesNothing() {
        add(context -> {
            CompletableFuture.runAsync(() -> {
                try {
                    waiting(context).await();
                } catch (InterruptedException impossible) {
                    throw new AssertionError(impossible);
                }
            });
            hang();
        });
        startedAndWaiting();
        daemon.time.advance(TIMEOUT);
        assertHungAndStop();
    }

    @Test
    void aForkedTaskThatWaitsProvesNothing() {
        add(context -> {
            context.fork("x", () -> waiting(context).await());
            hang();
        });
        startedAndWaiting();
        daemon.time.advance(TIMEOUT);
        assertHungAndStop();
    }

    @Test
    void tasksGiveHeartbeatsWhenTheBodyHasReturned() throws Exception {
        CompletableFuture<Thread> body = new CompletableFuture<>();
        CompletableFuture<SubsystemContext> running = new CompletableFuture<>();
        add(context -> {
            context.fork("x", this::hang);
            running.complete(context);
            body.complete(Thread.currentThread());
        });
        daemon.started();
        hanging.await();
        TestDaemon.get(body).join(20_000);
        daemon.time.advance(TIMEOUT.minusSeconds(1));
        TestDaemon.get(running).heartbeat();
        daemon.time.advance(TIMEOUT.minusSeconds(1));
        assertRunning();
        daemon.time.advance(TIMEOUT);
        assertHungAndStop();
    }

    @Test
    void aBodyThatIsAStageHasNoThreadThatCouldWait() throws Exception {
        watched(daemon.add("a").runAsync(context -> CompletableFuture.runAsync(() -> {
            try {
                waiting(context).await();
            } catch (InterruptedException impossible) {
                throw new AssertionError(impossible);
            }
        })));
        startedAndWaiting();
        daemon.time.advance(TIMEOUT);
        assertHungAndStop();
    }

    @Test
    void whatItsStartWaitedForCountsForNothing() throws Exception {
        watched(daemon.add("a").onStart(context -> CompletableFuture.runAsync(() -> {
            try {
                waiting(context).await();
            } catch (InterruptedException impossible) {
                throw new AssertionError(impossible);
            }
        })).run(context -> hang()));
        startedAndWaiting();
        hanging.await();
        daemon.time.advance(TIMEOUT);
        assertHungAndStop();
    }
}
