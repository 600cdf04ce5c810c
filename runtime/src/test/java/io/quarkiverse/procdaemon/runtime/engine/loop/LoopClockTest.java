package io.quarkiverse.procdaemon.runtime.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.engine.time.Clock;

class LoopClockTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private long nanos = Long.MAX_VALUE - 5;
    private Instant wall = NOON;
    private int looks;

    private final LoopClock now = new LoopClock(new Clock() {
        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            looks++;
            return wall;
        }
    });

    @Test
    void itStaysWhatItIsUntilItIsReadAgain() {
        long before = nanos;
        nanos += 10;
        assertThat(now.nanos()).isEqualTo(before);
        assertThat(now.instant()).isEqualTo(NOON);
        assertThat(now.read()).isEqualTo(now.nanos()).isEqualTo(before + 10);
        assertThat(now.instant()).as("the ticker has overflown").isEqualTo(NOON.plusNanos(10));
    }

    @Test
    void theWallClockIsLookedAtOnceInASecondAndFollowed() {
        wall = NOON.minusSeconds(3600);
        nanos += 999_999_999;
        now.read();
        assertThat(now.instant()).isEqualTo(NOON.plusNanos(999_999_999));
        nanos++;
        now.read();
        assertThat(now.instant()).isEqualTo(NOON.minusSeconds(3600));
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void manyShortStepsShareAReading() {
        long before = nanos;
        nanos += 10;
        int steps = 0;
        while (now.nanos() == before && steps < 1_000) {
            now.step();
            steps++;
        }
        assertThat(steps).isEqualTo(64);
        assertThat(now.nanos()).isEqualTo(before + 10);
    }

    @Test
    void theEpochIsCountedInNanosecondsBothWays() {
        assertThat(LoopClock.instant(LoopClock.sinceEpoch(NOON.plusNanos(7)))).isEqualTo(NOON.plusNanos(7));
    }
}
