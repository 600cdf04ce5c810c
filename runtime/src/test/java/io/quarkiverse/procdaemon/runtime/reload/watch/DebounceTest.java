package io.quarkiverse.procdaemon.runtime.reload.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arithmetic, also where {@code nanoTime} goes over its edge. */
class DebounceTest {

    private final Debounce debounce = new Debounce(10);

    @Test
    void nothingIsPendingAtFirstOrWhenCleared() {
        assertThat(debounce.isPending()).isFalse();
        debounce.event(0);
        assertThat(debounce.isPending()).isTrue();
        debounce.clear();
        assertThat(debounce.isPending()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, -25, Long.MAX_VALUE - 25, Long.MAX_VALUE })
    void eachEventBeginsTheQuietAnewButTheFirstWaitsFiveTimesAsLongAtMost(long start) {
        debounce.event(start);
        assertThat(debounce.remaining(start)).isEqualTo(10);
        assertThat(debounce.remaining(start + 10)).isZero();
        debounce.event(start + 9);
        assertThat(debounce.remaining(start + 10)).isEqualTo(9);
        for (int later = 15; later <= 45; later += 5) {
            debounce.event(start + later);
        }
        assertThat(debounce.remaining(start + 45)).isEqualTo(5);
        debounce.event(start + 49);
        assertThat(debounce.remaining(start + 49)).isEqualTo(1);
        assertThat(debounce.remaining(start + 60)).isEqualTo(-10);
    }

    @Test
    void theCapBeginsWithTheFirstEventAfterIt() {
        debounce.event(0);
        debounce.clear();
        debounce.event(49);
        assertThat(debounce.remaining(49)).isEqualTo(10);
    }
}
