package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;

class BackOffTest {

    private static final Duration MIN = Duration.ofSeconds(Long.MIN_VALUE);
    private static final Duration MAX = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    private static Stream<Duration> delays(Duration initial, Duration max, double multiplier) {
        RestartSettings settings = RestartSettings.DEFAULT.withDelays(initial, max, multiplier, 0.2);
        return IntStream.rangeClosed(1, 2_000).mapToObj(attempt -> RestartDecision.backOff(attempt, settings, 0));
    }

    @Test
    void zeroStaysZeroHoweverLargeThePower() {
        assertThat(delays(Duration.ZERO, Duration.ofSeconds(30), 1e300)).containsOnly(Duration.ZERO);
        assertThat(delays(Duration.ZERO, Duration.ofSeconds(30), 2)).containsOnly(Duration.ZERO);
    }

    @Test
    void thePowerMayOverflow() {
        assertThat(delays(Duration.ofMillis(1), Duration.ofSeconds(30), 1e300).skip(1)).containsOnly(Duration.ofSeconds(30));
    }

    @Test
    void noDurationIsTooLongOrTooShort() {
        assertThat(delays(MAX, MAX, 2)).allMatch(delay -> delay.compareTo(Duration.ofDays(10_000)) > 0);
        assertThat(delays(Duration.ofMillis(1), MAX, 1)).containsOnly(Duration.ofMillis(1));
        assertThat(delays(MIN, MIN, 1)).allMatch(Duration::isNegative);
    }
}
