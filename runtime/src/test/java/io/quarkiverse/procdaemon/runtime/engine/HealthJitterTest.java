package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.loop.LoopTimers;

/** Health checks of many subsystems do not come all at once. */
@Timeout(60)
class HealthJitterTest {

    private static final long MILLI = 1_000_000;

    private final TestDaemon daemon = new TestDaemon();
    private final LinkedBlockingQueue<CompletableFuture<Boolean>> questions = new LinkedBlockingQueue<>();

    private CompletionStage<Boolean> ask() {
        CompletableFuture<Boolean> answer = new Uncancellable();
        questions.add(answer);
        return answer;
    }

    private void answerAfter(long millis) throws InterruptedException {
        daemon.time.awaitNextIn(Duration.ofMillis(millis));
        daemon.time.advance(Duration.ofMillis(millis));
        questions.poll(20, TimeUnit.SECONDS).complete(true);
    }

    @Test
    void theFirstIntervalOfARunIsReducedByUpToAHalfAndTheOthersByUpToATenth() throws Exception {
        daemon.jitter = () -> 0.8;
        daemon.add("a").healthy(this::ask);
        daemon.started();
        answerAfter(3_000);
        answerAfter(4_600);
        answerAfter(4_600);
        TestDaemon.get(daemon.engine().restart("a"));
        answerAfter(3_000);
        answerAfter(4_600);
        daemon.stop();
    }

    @Test
    void theFirstIntervalOfNewSettingsIsReducedAsThatOfARun() throws Exception {
        daemon.jitter = () -> 0.8;
        TestDaemon.Part part = daemon.add("a").healthy(this::ask);
        daemon.started();
        answerAfter(3_000);
        part.settings(settings -> settings
                .withHealth(health -> new HealthSettings(Duration.ofSeconds(10), health.timeout(), 3, false)));
        daemon.time.awaitNextIn(Duration.ofMillis(4_600));
        daemon.engine().settingsChanged();
        answerAfter(6_000);
        answerAfter(9_200);
        daemon.stop();
    }

    @Test
    void noneComesLaterThanItsInterval() throws Exception {
        daemon.jitter = () -> 0;
        daemon.add("a").healthy(this::ask);
        daemon.started();
        answerAfter(5_000);
        answerAfter(5_000);
        daemon.stop();
    }

    @Test
    void aThousandFirstOnesAreSpread() {
        int many = 1_000;
        daemon.jitter = new SplittableRandom(1)::nextDouble;
        for (int i = 0; i < many; i++) {
            daemon.add("s" + i).healthy(this::ask);
        }
        daemon.started();
        daemon.awaitLoop();
        assertThat(dueWithin(0, 2_500)).isZero();
        for (long millis = 2_500; millis < 5_000; millis += 100) {
            assertThat(dueWithin(millis, millis + 100)).as("checks from " + millis + " ms on").isBetween(15L, 70L);
        }
        assertThat(dueWithin(2_500, 5_000)).isEqualTo(many);
        daemon.stop();
    }

    private long dueWithin(long from, long to) {
        CompletableFuture<Long> due = new CompletableFuture<>();
        daemon.post(() -> due.complete(LoopTimers.dueWithin(daemon.engine().loop(), from * MILLI, to * MILLI)));
        return TestDaemon.get(due);
    }
}
