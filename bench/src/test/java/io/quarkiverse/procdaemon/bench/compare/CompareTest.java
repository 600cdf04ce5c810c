package io.quarkiverse.procdaemon.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CompareTest {

    @TempDir
    Path directory;

    private final List<String> results = new ArrayList<>();

    private CompareTest result(String benchmark, String parameters, String primary, String secondary) {
        results.add("""
                { 'benchmark': 'io.quarkiverse.procdaemon.bench.%s', 'jdkVersion': '25.0.3', 'params': {%s},
                  'primaryMetric': { 'scorePercentiles': { '99.0': 99 }, 'scoreUnit': 'us/op', %s },
                  'secondaryMetrics': { %s } }""".formatted(benchmark, parameters, primary, secondary).replace('\'', '"'));
        return this;
    }

    private CompareTest average(String benchmark, String parameters, String forks) {
        return result(benchmark, parameters, "'rawData': " + forks, "'gc.alloc.rate.norm': { 'score': 48.0001 }");
    }

    private Path in(String name) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "[" + String.join(",", results) + "]");
        results.clear();
        return file;
    }

    @Test
    void neighboursAreComparedWithinARun() throws IOException {
        Path file = average("engine.StepsBenchmark.error", "'subject': 'before'", "[[10, 20], [40]]")
                .average("engine.StepsBenchmark.error", "'subject': 'now'", "[[5, 20], [80]]").in("run.json");
        assertThat(Compare.of(List.of(file))).isEqualTo("""
                JDK 25.0.3; medians [quartiles]

                ## Steps

                | what | subject | median | bytes | than | difference | ratio |
                |---|---|---|---|---|---|---|
                | error, us/op | before | 20 [15 30] | 48 |  |  |  |
                | error, us/op | now | 20 [12.5 50] | 48 | before | 0 [-2.5 20] | 1 [0.75 1.5] |
                """);
    }

    @Test
    void whereOneHasMoreValuesEachIsComparedWithEach() throws IOException {
        Path file = average("a.StartStopBenchmark.stop", "'n': '10', 'subject': 'now'", "[[1, 2]]")
                .average("a.StartStopBenchmark.stop", "'n': '10', 'subject': 'spring'", "[[4]]").in("run.json");
        assertThat(Compare.of(List.of(file))).contains("""
                | what | n | subject | median | than | difference | ratio |
                |---|---|---|---|---|---|---|
                | stop, us/op | 10 | now | 1.5 [1.25 1.75] |  |  |  |
                | stop, us/op | 10 | spring | 4 [4 4] | now | 2.5 [2.25 2.75] | 3 [2.5 3.5] |
                """);
    }

    @Test
    void valuesOfDifferentRunsAreNeverCompared() throws IOException {
        Path first = average("a.B.c", "'subject': 'before'", "[[10]]").average("a.B.c", "'subject': 'now'", "[[20]]").in("1");
        Path second = average("a.B.c", "'subject': 'now'", "[[300]]").average("a.B.c", "'subject': 'before'", "[[100]]")
                .in("2");
        Path third = average("a.B.c", "'subject': 'now'", "[[7000]]").in("3");
        assertThat(Compare.of(List.of(first, second, third)))
                .contains("| before | 55 [32.5 77.5] |", "| now | 300 [160 3650] |", "| 2.5 [2.25 2.75] |");
    }

    @Test
    void ofSamplesTheMedianOfEachIterationCounts() throws IOException {
        Path file = result("a.RestartBenchmark.crash", "'subscribers': '8'", "'rawDataHistogram': [[[[1, 1]]]]",
                "'p0.50': { 'rawData': [[1, 3]] }, 'p0.99': { 'rawData': [[9, 9]] }").in("run.json");
        assertThat(Compare.of(List.of(file))).contains("""
                ## Restart

                | what | with | median | p99 |
                |---|---|---|---|
                | crash, us/op | subscribers=8 | 2 [1.5 2.5] | 99 |
                """);
    }

    @Test
    void countersStandForTheTimeOfTheirBenchmark() throws IOException {
        Path file = result("p.ProcessBenchmark.process", "'n': '10', 'by': 'jvm', 'subject': 'without'", "'rawData': [[1]]",
                "'classes': { 'rawData': [[100], [110]] }, 'gc.count': { 'rawData': [[1]] }")
                .result("p.ProcessBenchmark.process", "'n': '10', 'by': 'jvm', 'subject': 'now'", "'rawData': [[1]]",
                        "'classes': { 'rawData': [[150], [180]] }")
                .in("run.json");
        assertThat(Compare.of(List.of(file)))
                .contains("## Process\n", "| classes | by=jvm | 10 | now | 165 [158 173] | without "
                        + "| 60 [55 65] | 1.57 [1.53 1.6] |")
                .doesNotContain("gc", "us/op");
    }

    @Test
    void growthIsTheExponentOfLeastSquares() throws IOException {
        for (int n : new int[] { 10, 1_000, 10_000, 100_000 }) {
            average("a.StartStopBenchmark.stop", "'n': '" + n + "', 'subject': 'now'",
                    "[[" + (n == 10 ? 10 : 7L * n * n) + "]]");
        }
        assertThat(Compare.of(List.of(in("run.json")))).contains("| StartStop.stop, us/op | now | 10 to 100000 | 2.47 | 2 |");
    }

    @Test
    void whatIsNoResultOfJmhIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("other.json"), "{}");
        assertThatIllegalArgumentException().isThrownBy(() -> Compare.of(List.of(file)))
                .withMessage(file + " has no results of JMH; write it with -rf json");
        assertThatIllegalArgumentException().isThrownBy(() -> Compare.main(new String[0]))
                .withMessage("name the result files of JMH to compare");
    }
}
