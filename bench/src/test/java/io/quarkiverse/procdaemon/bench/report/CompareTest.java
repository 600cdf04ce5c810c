package io.quarkiverse.procdaemon.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CompareTest {

    private static final String SURE = "[10, 10, 10]";
    private static final String UNSURE = "[9, 10, 11]";

    @TempDir
    Path directory;

    @Test
    void changesAreShownBesideTheirError() throws IOException {
        Path before = new Results()
                .sample("StartStopBenchmark.start", "'n': '1'", 10, SURE)
                .sample("StartStopBenchmark.start", "'n': '3'", 10, UNSURE)
                .sample("StartStopBenchmark.stop", "'n': '1'", 10, SURE)
                .sample("StartStopBenchmark.stop", "'n': '3'", 10, "[10]")
                .sample("peers.GuavaBenchmark.stop", "'n': '1'", 10, SURE)
                .in(directory, "before.json");
        Path after = new Results()
                .average("RestartBenchmark.crashToRunning", 1, "[1]", "us/op")
                .sample("StartStopBenchmark.stop", "'n': '3'", 10, "[10]")
                .sample("StartStopBenchmark.stop", "'n': '1'", 8, SURE)
                .sample("StartStopBenchmark.start", "'n': '3'", 20, UNSURE)
                .sample("StartStopBenchmark.start", "'n': '1'", 12.5, SURE)
                .in(directory, "after.json");
        assertThat(Compare.of(before, after)).isEqualTo("""
                # From before.json, JDK 25.0.3 to after.json, JDK 25.0.3

                | row | n | before | after | change | error |  |
                |---|---:|---:|---:|---:|---:|---:|
                | start StartStop | 1 | 10 us/op | 12.5 us/op | +25.0% | ± 0.0% | more |
                | start StartStop | 3 | 10 us/op | 20 us/op | +100.0% | ± 258.0% | within the error |
                | stop StartStop | 1 | 10 us/op | 8 us/op | -20.0% | ± 0.0% | less |
                | stop StartStop | 3 | 10 us/op | 10 us/op | +0.0% | ± – | error unknown |

                Only before:

                - stop Guava, n = 1

                Only after:

                - crashToRunning Restart
                """);
    }

    @Test
    void anObjectAndAnArrayAreCompared() throws IOException {
        Path before = new Results().sample("StartStopBenchmark.start", "'n': '1'", 10, SURE).in(directory, "before.json");
        Path after = new Results().sample("StartStopBenchmark.start", "'n': '1'", 12.5, SURE)
                .among("'memory': []", directory, "after.json");
        assertThat(Compare.of(before, after))
                .contains("| start StartStop | 1 | 10 us/op | 12.5 us/op | +25.0% | ± 0.0% | more |");
    }

    @Test
    void unitsAreNotMixed() throws IOException {
        Path before = new Results().average("RestartBenchmark.crashToRunning", 1, "[1]", "us/op").in(directory, "b.json");
        Path after = new Results().average("RestartBenchmark.crashToRunning", 1, "[1]", "ns/op").in(directory, "a.json");
        assertThatIllegalArgumentException().isThrownBy(() -> Compare.of(before, after))
                .withMessage("crashToRunning Restart is in us/op before and in ns/op after; measure both in the same unit");
    }

    @Test
    void twoFilesAreNeeded() {
        assertThatIllegalArgumentException().isThrownBy(() -> Compare.main(new String[] { "one" }))
                .withMessage("name two result files of JMH: before and after");
    }
}
