package io.quarkiverse.procdaemon.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReportTest {

    @TempDir
    Path directory;

    @Test
    void medianErrorRatiosAndExponentsAreShown() throws IOException {
        Path file = new Results()
                .sample("StartStopBenchmark.start", "'n': '1', 'shape': 'flat'", 30, "[30, 30], [30, 30]")
                .sample("StartStopBenchmark.start", "'n': '1000', 'shape': 'flat'", 3000, "[2900, 3000], [3100]")
                .sample("StartStopBenchmark.start", "'n': '10000', 'shape': 'flat'", 30000, "[30000]")
                .sample("StartStopBenchmark.startRaw", "'latch': 'shared', 'n': '1000'", 2000, "[2000, 2000, 2000]")
                .sample("StartStopBenchmark.startRaw", "'latch': 'own', 'n': '1000'", 1500, "[1500, 1500, 1500]")
                .sample("peers.GuavaBenchmark.start", "'n': '1000'", 12345.678, "[1, 1, 1]")
                .sample("peers.SpringBenchmark.start", "'n': '1000'", 6000, "[1, 1, 1]")
                .in(directory, "run.json");
        assertThat(Report.of(List.of(file))).isEqualTo("""
                # run.json, JDK 25.0.3

                ## start

                | subject | n | median | error | to raw | to the best peer |
                |---|---:|---:|---:|---:|---:|
                | StartStop shape=flat | 1 | 30 us/op | ± 0 | – | – |
                | StartStop shape=flat | 1000 | 3000 us/op | ± 1824 | 2.00 | 0.50 |
                | raw latch=shared | 1000 | 2000 us/op | ± 0 | 1.33 | 0.33 |
                | raw latch=own | 1000 | 1500 us/op | ± 0 | 1.00 | 0.25 |
                | Guava | 1000 | 12350 us/op | ± 0 | 8.23 | 2.06 |
                | Spring | 1000 | 6000 us/op | ± 0 | 4.00 | 1.00 |
                | StartStop shape=flat | 10000 | 30000 us/op | ± – | – | – |

                ## Exponents

                | row | n | exponent | exponent from n = 1000 |
                |---|---:|---:|---:|
                | start StartStop shape=flat | 1 to 10000 | 0.73 | 1.00 |
                | start raw latch=shared | 1000 | – | – |
                | start raw latch=own | 1000 | – | – |
                | start Guava | 1000 | – | – |
                | start Spring | 1000 | – | – |
                """);
    }

    @Test
    void ratiosAreWithinOneOperationAndOneFile() throws IOException {
        Path first = new Results()
                .sample("StartStopBenchmark.stop", "'n': '1'", 30, "[30]")
                .sample("StartStopBenchmark.startRaw", "'n': '1'", 15, "[15]")
                .in(directory, "first.json");
        Path second = new Results().average("HotPathBenchmark.heartbeat", 1.5, "[1, 2, 1.5]", "ns/op").in(directory,
                "second.json");
        assertThat(Report.of(List.of(first, second)))
                .contains("| StartStop | 1 | 30 us/op | ± – | – | – |\n")
                .endsWith("""

                        # second.json, JDK 25.0.3

                        ## heartbeat

                        | subject | n | median | error | to raw | to the best peer |
                        |---|---:|---:|---:|---:|---:|
                        | HotPath | – | 1.5 ns/op | ± 9.122 | – | – |
                        """);
    }

    @Test
    void theObjectIsShownWithItsMachineAndAllThatWasMeasuredWithoutJmh() throws IOException {
        Path file = new Results()
                .average("HotPathBenchmark.heartbeat", 1.5, "[1, 2, 1.5]", "ns/op")
                .among("""
                        'latency': [ { 'what': 'to the first', 'n': 100, 'p50': 12.3456, 'unit': 'us' },
                                     { 'what': 'to the last', 'n': 100, 'p50': 20.0, 'unit': 'us' } ],
                        'memory': [],
                        'processes': [ { 'what': 'start ms', 'n': 10,
                                         'difference': { 'lower': 1.0, 'median': 2.5, 'upper': 'NaN' } } ]
                        """, directory, "run.json");
        assertThat(Report.of(List.of(file))).isEqualTo("""
                # run.json, JDK 25.0.3

                2 cores of Some CPU (amd64), 24105 MiB, Linux 6; commit abc1234, 2026-11-26

                ## heartbeat

                | subject | n | median | error | to raw | to the best peer |
                |---|---:|---:|---:|---:|---:|
                | HotPath | – | 1.5 ns/op | ± 9.122 | – | – |

                ## latency

                | what | n | p50 | unit |
                |---|---:|---:|---:|
                | to the first | 100 | 12.35 | us |
                | to the last | 100 | 20 | us |

                ## processes

                | what | n | difference |
                |---|---:|---:|
                | start ms | 10 | 2.5 [1 NaN] |
                """);
    }

    @Test
    void whatIsAllocatedIsShownOfThoseWithoutSize() throws IOException {
        Path file = new Results()
                .allocating("HotPathBenchmark.heartbeat", "", 0.0004)
                .allocating("HotPathBenchmark.snapshot", "", 96)
                .allocating("RestartBenchmark.start", "'n': '1'", 5)
                .sample("StartStopBenchmark.stop", "'n': '1'", 30, "[30]")
                .in(directory, "run.json");
        assertThat(Report.of(List.of(file))).endsWith("""

                ## allocation

                | row | bytes for a call |
                |---|---:|
                | heartbeat HotPath | 0 |
                | snapshot HotPath | 96 |
                """);
    }

    @Test
    void whatIsNoResultFileIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("other.json"), "{}");
        assertThatIllegalArgumentException().isThrownBy(() -> Report.of(List.of(file)))
                .withMessage(file + " has no results of JMH; write it with -rf json");
        assertThatIllegalArgumentException().isThrownBy(() -> Report.main(new String[0]))
                .withMessage("name the result files of JMH to report on");
    }
}
