package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

@Timeout(60)
class StopTest {

    private final TestDaemon daemon = new TestDaemon();
    private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);

    private TestDaemon.Part add(String name, String... dependsOn) {
        return daemon.add(name, dependsOn).run(ShutdownHandle::await).onStop(context -> {
            calls.add("stop " + name);
        });
    }

    @Test
    void anIndependentSubsystemDoesNotWaitForASlowOne() {
        add("base");
        add("slow", "base").run(context -> release.await());
        add("quick1");
        add("quick2", "quick1");
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopped quick1");

        assertThat(daemon.state("slow")).isEqualTo(SubsystemState.STOPPING);
        assertThat(daemon.state("base")).isEqualTo(SubsystemState.RUNNING);
        assertThat(stop).isNotDone();
        release.countDown();
        TestDaemon.get(stop);
        assertThat(calls).containsExactly("stop quick2", "stop quick1", "stop slow", "stop base");
    }

    @Test
    void aCleanUpThatThrowsKeepsNobodyWaiting() {
        add("a");
        add("b", "a").onStop(context -> {
            throw new IllegalStateException("already closed");
        });
        daemon.started().stop();
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.FAILED);
        assertThat(daemon.failure("b"))
                .isEqualTo("IllegalStateException: already closed");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.events.texts()).containsSubsequence("Stopping b", "Failed b", "GaveUp b", "Stopping a", "Stopped a");
    }

    @Test
    void aBodyThatThrowsBecauseItsSocketWasClosedHasStoppedCleanly() {
        CountDownLatch closed = new CountDownLatch(1);
        add("a").run(context -> {
            context.onShutdown(closed::countDown);
            closed.await();
            throw new java.net.SocketException("Socket closed");
        });
        daemon.started().stop();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.events.texts(SubsystemEvent.Failed.class)).isEmpty();
    }

    @Test
    void theHandleSaysAllThereIsToSay() throws Exception {
        CompletableFuture<SubsystemContext> seen = new CompletableFuture<>();
        CountDownLatch waiting = new CountDownLatch(1);
        add("a").run(context -> {
            assertThat(context.isShutdown()).isFalse();
            assertThat(context.reason()).isEmpty();
            assertThat(context.remaining()).isEmpty();
            assertThat(context.await(Duration.ZERO)).isFalse();
            CompletableFuture<ShutdownReason> stage = context.whenShutdown().toCompletableFuture();
            context.onShutdown(() -> {
                throw new IllegalStateException("an action may fail");
            });
            context.onShutdown(() -> calls.add("second action"));
            waiting.countDown();
            context.await();
            assertThat(context.await(Duration.ofDays(100_000_000))).isTrue();
            assertThat(stage.get(20, TimeUnit.SECONDS)).isEqualTo(TestDaemon.REASON);
            context.onShutdown(() -> calls.add("late action on " + Thread.currentThread().getName()));
            seen.complete(context);
        });
        daemon.started();
        assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.stop();
        SubsystemContext context = TestDaemon.get(seen);
        assertThat(context.name()).isEqualTo("a");
        assertThat(context.generation()).isEqualTo(1);
        assertThat(context.isShutdown()).isTrue();
        assertThat(context.isForced()).isFalse();
        assertThat(context.reason()).contains(TestDaemon.REASON);
        assertThat(context.remaining()).contains(Duration.ofSeconds(5));
        assertThat(calls).containsExactlyInAnyOrder("second action", "late action on a", "stop a").endsWith("stop a");
    }

    @Test
    void stoppingTwiceIsStoppingOnce() {
        add("a");
        daemon.started();
        CompletableFuture<Void> first = daemon.stopLater();
        CompletableFuture<Void> second = daemon.stopLater();
        TestDaemon.get(first);
        TestDaemon.get(second);
        daemon.stop();
        assertThat(daemon.events.texts(SubsystemEvent.Stopped.class)).containsExactly("Stopped a");
    }
}
