package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;

/** A stop that is over soon does without a timer, but every other has it in time. */
@Timeout(60)
class SlackTest {

    private final TestDaemon daemon = new TestDaemon();
    private final CountDownLatch never = new CountDownLatch(1);

    /** Does not listen to its handle. */
    private void untilInterrupted(SubsystemContext context) {
        try {
            never.await();
        } catch (InterruptedException forced) {
            assertThat(context.isForced()).isTrue();
        }
    }

    private void assertEndsAfter(CompletableFuture<Void> stop, Duration time) throws InterruptedException {
        daemon.time.awaitNextIn(time);
        daemon.time.advance(time.minusMillis(1));
        assertThat(stop).isNotDone();
        daemon.time.advance(Duration.ofMillis(1));
        TestDaemon.get(stop);
        assertThat(daemon.events.texts()).containsSubsequence("Stopping a", "StopTimedOut a", "Stopped a");
    }

    @Test
    void aStopThatIsOverSoonHasNoTimer() {
        daemon.time.slack = Duration.ofSeconds(30);
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started().stop();
        assertThat(daemon.time.everScheduled()).isZero();
    }

    @Test
    void oneThatIsNotHasItWhenItHasBeenWaitedForSoLong() throws Exception {
        daemon.time.slack = Duration.ofMillis(1);
        daemon.add("a").run(this::untilInterrupted);
        daemon.started();
        assertEndsAfter(daemon.stopLater(), Duration.ofSeconds(5));
    }

    /** Who hands in a message handles those of others as well, as long as there are any. */
    @Test
    void itHasItAlsoIfWhoeverWantsToWaitIsKeptFromItByMessages() throws Exception {
        daemon.time.slack = Duration.ofMillis(1);
        SubsystemSettings settings = SubsystemSettings.declared(RestartPolicy.NEVER, true);
        AtomicBoolean stopping = new AtomicBoolean();
        AtomicBoolean ceased = new AtomicBoolean();
        Runnable endless = new Runnable() {
            @Override
            public void run() {
                if (!ceased.get()) {
                    daemon.engine().supervisor.post(this);
                }
            }
        };
        daemon.add("a").source(() -> {
            if (stopping.compareAndSet(true, false)) {
                endless.run();
            }
            return settings;
        }).run(context -> {
            untilInterrupted(context);
            ceased.set(true);
        });
        daemon.started();
        daemon.time.advance(Duration.ZERO);
        stopping.set(true);
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        assertThat(daemon.time.everScheduled()).isZero();
        daemon.time.advance(Duration.ofMillis(1));
        assertEndsAfter(stop, Duration.ofMillis(4_999));
    }
}
