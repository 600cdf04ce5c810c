package io.quarkiverse.procdaemon.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nobody keeps root and the user of the daemon out, and nobody fills the log. */
@Tag("any-jdk")
class PlacesTest {

    private final Places places = new Places();

    private int taken(boolean isOther) {
        int taken = 0;
        while (places.take(isOther)) {
            taken++;
        }
        return taken;
    }

    @Test
    void othersLeaveSomeToRootAndTheOwnUser() {
        assertThat(taken(true)).isEqualTo(12);
        assertThat(taken(false)).isEqualTo(4);
        places.giveBack(true);
        assertThat(taken(true)).isEqualTo(1);
    }

    @Test
    void rootAndTheOwnUserMayTakeAll() {
        assertThat(taken(false)).isEqualTo(16);
        assertThat(places.take(true)).isFalse();
        places.giveBack(false);
        // The attempt before has not cost one of theirs.
        assertThat(places.take(true)).isTrue();
        places.giveBack(true);
        assertThat(taken(false)).isEqualTo(1);
        for (int i = 0; i < 16; i++) {
            places.giveBack(false);
        }
        assertThat(taken(true)).isEqualTo(12);
    }

    @Test
    void refusalsInWordsAreLimited() {
        for (int i = 0; i < Places.REFUSALS; i++) {
            assertThat(places.takeForRefusal()).isTrue();
        }
        assertThat(places.takeForRefusal()).isFalse();
        places.giveBackRefusal();
        assertThat(places.takeForRefusal()).isTrue();
    }

    @Test
    void theSameRefusalIsLoggedOnceAMinute() {
        AtomicLong nanos = new AtomicLong();
        RefusalLog log = new RefusalLog(nanos::get);
        Problem jane = Problem.of(403, "jane may not");
        assertThat(log.refused(jane)).contains("The control socket refuses a connection: jane may not");
        assertThat(log.refused(jane)).isEmpty();
        assertThat(log.refused(jane)).isEmpty();
        assertThat(log.refused(Problem.of(403, "joe may not")))
                .contains("The control socket refuses a connection: joe may not");
        nanos.addAndGet(60_000_000_000L);
        assertThat(log.refused(jane))
                .contains("The control socket refuses a connection: jane may not (and 2 more since this was"
                        + " last logged)");
        nanos.addAndGet(60_000_000_000L);
        assertThat(log.refused(jane)).contains("The control socket refuses a connection: jane may not");
        nanos.incrementAndGet();
        assertThat(log.refused(jane)).isEmpty();
    }

    @Test
    void ofManyUsersNotAllAreRemembered() {
        RefusalLog log = new RefusalLog(() -> 0);
        for (int user = 0; user < 100; user++) {
            assertThat(log.refused(Problem.of(403, "user " + user + " may not"))).isPresent();
        }
        assertThat(log.refused(Problem.of(403, "user 0 may not"))).as("said again after a hundred").isPresent();
        assertThat(log.refused(Problem.of(403, "user 0 may not"))).isEmpty();
    }
}
