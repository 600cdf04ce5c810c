package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemContext;

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
}
