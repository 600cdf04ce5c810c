package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

@Timeout(60)
class HealthTest {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final TestDaemon daemon = new TestDaemon();
    private final LinkedBlockingQueue<CompletableFuture<Boolean>> questions = new LinkedBlockingQueue<>();

    private CompletionStage<Boolean> ask() {
        CompletableFuture<Boolean> answer = new Uncancellable();
        questions.add(answer);
        return answer;
    }

    private void answer(Boolean healthy, Throwable failure) throws InterruptedException {
        daemon.time.awaitNextIn(INTERVAL);
        daemon.time.advance(INTERVAL);
        CompletableFuture<Boolean> question = questions.poll(20, TimeUnit.SECONDS);
        if (failure == null) {
            question.complete(healthy);
        } else {
            question.completeExceptionally(failure);
        }
        daemon.time.awaitNextIn(INTERVAL);
    }

    @Test
    void threeBadAnswersMakeItUnhealthyAndOneGoodOneHealthyAgain() throws Exception {
        daemon.add("a").healthy(this::ask);
        daemon.started();
        answer(false, null);
        answer(null, new IllegalStateException("no connection"));
        assertThat(daemon.info("a").healthy()).isTrue();
        answer(null, new IllegalStateException("no connection"));
        assertThat(daemon.info("a").healthy()).isFalse();
        answer(true, null);
        assertThat(daemon.info("a").healthy()).isTrue();
        daemon.stop();
        assertThat(daemon.time.scheduled()).isZero();
        assertThat(daemon.events.all()).filteredOn(event -> event instanceof SubsystemEvent.HealthChanged)
                .extracting(event -> ((SubsystemEvent.HealthChanged) event).reason())
                .containsExactly("IllegalStateException: no connection", "");
    }

    @Test
    void beingUnhealthyMayBeAFailure() throws Exception {
        daemon.add("a").healthy(this::ask).restart(restart -> restart)
                .settings(settings -> settings.withHealth(health -> health.withFailsSubsystem(true)));
        daemon.started();
        answer(false, null);
        answer(false, null);
        daemon.time.advance(INTERVAL);
        questions.poll(20, TimeUnit.SECONDS).complete(false);
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RESTARTING);
        assertThat(daemon.failure("a"))
                .isEqualTo("PD-4007: subsystem 'a#1' was unhealthy 3 times in a row: its health check returned false");
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started a", 2);
        assertThat(daemon.info("a").healthy()).isTrue();
        daemon.stop();
        assertThat(daemon.time.scheduled()).isZero();
    }

    @Test
    void aGoodAnswerInBetweenStartsTheCountAnew() throws Exception {
        daemon.add("a").healthy(this::ask);
        daemon.started();
        for (boolean healthy : new boolean[] { false, false, true, false, false }) {
            answer(healthy, null);
            assertThat(daemon.info("a").healthy()).isTrue();
        }
        daemon.stop();
    }

    @Test
    void aProbeThatHangsHoldsOneThreadAndDelaysNeitherStopNorOthers() throws Exception {
        daemon.add("a").healthy(this::ask);
        daemon.started();
        daemon.time.advance(INTERVAL);
        CompletableFuture<Boolean> hanging = questions.poll(20, TimeUnit.SECONDS);
        daemon.time.advance(Duration.ofMinutes(5));
        assertThat(questions).isEmpty();
        hanging.complete(true);
        daemon.time.awaitNextIn(INTERVAL);
        answer(true, null);
        daemon.stop();
    }

    @Test
    void nothingIsAskedOfWhatDoesNotRun() {
        daemon.add("a").healthy(this::ask);
        daemon.started().stop();
        daemon.time.advance(INTERVAL.multipliedBy(3));
        assertThat(questions).isEmpty();
    }
}
