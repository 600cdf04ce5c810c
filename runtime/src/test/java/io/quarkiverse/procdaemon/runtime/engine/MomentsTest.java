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
