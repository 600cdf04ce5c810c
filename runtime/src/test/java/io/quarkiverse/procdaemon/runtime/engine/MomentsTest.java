package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.engine.time.Moments;

class MomentsTest {

    private static final long SECOND = 1_000_000_000;

    private final VirtualTime time = new VirtualTime();
    private final List<String> steps = new ArrayList<>();
    private final Moments moments = new Moments(time, time, Runnable::run);

    private void at(long seconds, String step) {
        moments.at(seconds * SECOND, () -> steps.add(step));
    }

    private void advance(long seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void theyComeInOrderAndThoseOfOneMomentAsTheyWereAdded() {
        at(3, "c");
        at(1, "a");
        at(2, "b1");
        at(2, "b2");
        moments.await();
        advance(1);
        assertThat(steps).containsExactly("a");
        advance(1);
        assertThat(steps).containsExactly("a", "b1", "b2");
        advance(1);
        assertThat(steps).containsExactly("a", "b1", "b2", "c");
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void aTimerWaitsForTheNextOnly() throws Exception {
        at(3, "c");
        at(1, "a");
        assertThat(time.scheduled()).isZero();
        moments.await();
        assertThat(time.scheduled()).isEqualTo(1);
        time.awaitNextIn(Duration.ofSeconds(1));
        at(2, "b");
        moments.await();
        assertThat(time.scheduled()).isEqualTo(1);
        advance(1);
        assertThat(time.scheduled()).isEqualTo(1);
        time.awaitNextIn(Duration.ofSeconds(1));
    }

    @Test
    void whatIsDueAlreadyIsDoneAtOnce() {
        advance(5);
        at(5, "now");
        at(4, "late");
        at(6, "soon");
        moments.await();
        assertThat(steps).containsExactly("late", "now");
    }

    @Test
    void aTimerThatIsOwedIsSetWhenTheSlackIsOver() throws Exception {
        time.slack = Duration.ofSeconds(2);
        at(5, "a");
        moments.awaitLater();
        advance(1);
        moments.review();
        assertThat(time.scheduled()).isZero();
        advance(1);
        moments.review();
        time.awaitNextIn(Duration.ofSeconds(3));
        moments.review();
        moments.settle();
        assertThat(time.everScheduled()).isEqualTo(1);
        advance(3);
        assertThat(steps).containsExactly("a");
    }

    @Test
    void aTimerThatIsOwedIsSetBeforeIfSomebodyInsists() throws Exception {
        time.slack = Duration.ofSeconds(2);
        at(5, "a");
        moments.awaitLater();
        moments.settle();
        time.awaitNextIn(Duration.ofSeconds(5));
    }

    @Test
    void withoutSlackNoTimerIsOwed() {
        at(5, "a");
        moments.awaitLater();
        assertThat(time.scheduled()).isEqualTo(1);
        moments.settle();
        assertThat(time.everScheduled()).isEqualTo(1);
    }

    @Test
    void nothingIsOwedForWhatWasCleared() {
        time.slack = Duration.ofSeconds(2);
        at(1, "a");
        moments.awaitLater();
        moments.clear();
        at(3, "b");
        moments.settle();
        advance(5);
        moments.review();
        assertThat(time.everScheduled()).isZero();
        assertThat(steps).isEmpty();
    }

    @Test
    void whatWasClearedDoesNotCome() {
        at(1, "a");
        at(2, "b");
        moments.await();
        advance(1);
        moments.clear();
        assertThat(time.scheduled()).isZero();
        advance(5);
        assertThat(steps).containsExactly("a");
    }
}
