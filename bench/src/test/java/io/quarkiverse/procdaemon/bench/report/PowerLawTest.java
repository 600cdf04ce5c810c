package io.quarkiverse.procdaemon.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PowerLawTest {

    private static final Row ROW = Row.of("a.StartStopBenchmark.start", "");

    private static List<Figure> figures(IntToDoubleFunction time, int... sizes) {
        return Arrays.stream(sizes).mapToObj(n -> new Figure(ROW, n, time.applyAsDouble(n), 0, "us/op")).toList();
    }

    @Test
    void theExponentIsThatOfThePower() {
        assertThat(PowerLaw.exponent(figures(n -> 7.0 * n, 1, 3, 100, 10_000))).isCloseTo(1, within(1e-9));
        assertThat(PowerLaw.exponent(figures(n -> 0.1 * n * n, 10, 1_000, 100_000))).isCloseTo(2, within(1e-9));
        assertThat(PowerLaw.exponent(figures(n -> 42, 1, 10, 100))).isCloseTo(0, within(1e-9));
    }

    @Test
    void theExponentIsThatOfLeastSquares() {
        assertThat(PowerLaw.exponent(figures(n -> n == 10 ? 100 : 1, 1, 10, 100))).isCloseTo(0, within(1e-9));
        assertThat(PowerLaw.exponent(figures(n -> n == 1 ? 1 : 10, 1, 10, 100))).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void oneSizeHasNoExponent() {
        assertThat(PowerLaw.exponent(figures(n -> 42, 10))).isNaN();
        assertThat(PowerLaw.exponent(figures(n -> 42))).isNaN();
    }
}
