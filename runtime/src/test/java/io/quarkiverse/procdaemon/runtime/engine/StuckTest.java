package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The supervisor itself hangs: here because the system takes its time to give a thread. */
@Timeout(60)
class StuckTest {

    private final TestDaemon daemon = new TestDaemon();

    @Test
    void aSupervisorThatHangsForTenSecondsIsStuckAndOneThatIsIdleIsNot() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        daemon.threadRefusal = name -> {
            if (name.equals("slow")) {
                hanging.countDown();
                TestDaemon.ignoringInterrupts(release);
            }
        };
        daemon.add("slow").run(context -> context.await());
        daemon.engine().stop("slow");
        daemon.time.advance(Duration.ofHours(1));
        // A message that is in hand while the clock moves looks old.
        assertThat(daemon.time.scheduled()).isZero();
        assertThat(daemon.engine().isStuck()).as("idle").isFalse();

        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> daemon.engine().start());
        assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.time.loopHangs(true);

        daemon.time.advance(Duration.ofMillis(9_999));
        assertThat(daemon.engine().isStuck()).isFalse();
        daemon.time.advance(Duration.ofMillis(1));
        assertThat(daemon.engine().isStuck()).isTrue();

        daemon.time.loopHangs(false);
        release.countDown();
        TestDaemon.get(start);
        daemon.stop();
    }
}
