package io.quarkiverse.procdaemon.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BenchmarksTest {

    private static final Effort SEVEN_SECONDS = new Effort(2, 3, 500, 4, 250, 1_000, List.of());
    private static final Progress OUT = new Progress(new Clock());

    private static double seconds(String include, String exclude, Map<String, List<String>> parameters) {
        return new Benchmarks(include, exclude, parameters, SEVEN_SECONDS).seconds(OUT);
    }

    @Test
    void everyForkTakesItsIterationsAndItsStart() {
        assertThat(SEVEN_SECONDS.seconds()).isEqualTo(7);
        assertThat(new Effort(0, 0, 500, 1, 50, 100, List.of()).seconds()).isEqualTo(0.15);
    }

    @Test
    void theEstimateCountsCombinationsOfParameters() {
        assertThat(seconds("HotPathBenchmark.heartbeat", null, Map.of())).isEqualTo(7);
        assertThat(seconds("EventBenchmark.event$", null, Map.of())).isEqualTo(3 * 7);
        assertThat(seconds("StartStopBenchmark.start$", null, Map.of("n", List.of("1", "3")))).isEqualTo(2 * 3 * 7);
        assertThat(seconds("StartStopBenchmark.start$", null, Map.of("n", List.of("1", "3"), "shape", List.of("dag"))))
                .isEqualTo(2 * 7);
    }

    @Test
    void theEstimateLeavesOutWhatIsExcluded() {
        assertThat(seconds("peers.Guava.*stop", "Virtual", Map.of("n", List.of("1")))).isEqualTo(7);
        assertThat(seconds("peers.Guava.*stop", null, Map.of("n", List.of("1")))).isEqualTo(2 * 7);
    }
}
