package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class RehearsalTest {

    /** A hundred would be rehearsed in 34 goes. */
    @Test
    void theRealShutdownEndsIt() {
        AtomicInteger asked = new AtomicInteger();
        Rehearsal.run(100, () -> asked.incrementAndGet() == 3);
        assertThat(asked).hasValue(3);
    }

    @Test
    void noneIsRehearsedOnceTheRealShutdownHasBegun() {
        AtomicInteger asked = new AtomicInteger();
        Rehearsal.run(1, () -> {
            asked.incrementAndGet();
            return true;
        });
        assertThat(asked).hasValue(1);
    }

    @Test
    void fewSubsystemsAreRehearsedInOneGo() {
        AtomicInteger asked = new AtomicInteger();
        Rehearsal.run(1, () -> {
            asked.incrementAndGet();
            return false;
        });
        assertThat(asked).hasValue(1);
    }
}
