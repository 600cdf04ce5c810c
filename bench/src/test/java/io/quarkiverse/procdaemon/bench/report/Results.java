package io.quarkiverse.procdaemon.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A result file as JMH writes it, as far as it is read. */
final class Results {

    private final List<String> results = new ArrayList<>();

    /** Of a benchmark in the mode of samples, with the medians of its iterations, in microseconds. */
    Results sample(String benchmark, String parameters, double median, String iterations) {
        results.add("""
                { "benchmark": "io.quarkiverse.procdaemon.bench.%s", "jdkVersion": "25.0.3", "params": {%s},
                  "primaryMetric": { "score": 77, "scoreError": "NaN", "scorePercentiles": { "50.0": %s }, "scoreUnit": "us/op",
                    "rawDataHistogram": [[[[1, 1]]]] },
                  "secondaryMetrics": { "p0.50": { "rawData": [%s] } } }""".formatted(benchmark, parameters.replace('\'', '"'),
                median, iterations));
        return this;
    }

    /** Of a benchmark in the mode of averages and without parameters. */
    Results average(String benchmark, double median, String iterations, String unit) {
        results.add("""
                { "benchmark": "io.quarkiverse.procdaemon.bench.%s", "jdkVersion": "25.0.3",
                  "primaryMetric": { "score": 77, "scorePercentiles": { "50.0": %s }, "scoreUnit": "%s", "rawData": [%s] },
                  "secondaryMetrics": { } }""".formatted(benchmark, median, unit, iterations));
        return this;
    }

    /** The same with what it allocates. */
    Results allocating(String benchmark, String parameters, double bytes) {
        results.add("""
                { "benchmark": "io.quarkiverse.procdaemon.bench.%s", "jdkVersion": "25.0.3", "params": {%s},
                  "primaryMetric": { "score": 77, "scorePercentiles": { "50.0": 1 }, "scoreUnit": "ns/op", "rawData": [1] },
                  "secondaryMetrics": { "gc.alloc.rate.norm": { "score": %s } } }""".formatted(benchmark,
                parameters.replace('\'', '"'), bytes));
        return this;
    }

    /** As {@code Bench} writes it, with more rows. */
    Path among(String more, Path directory, String name) throws IOException {
        return Files.writeString(directory.resolve(name), """
                { "machine": { "cores": 2, "os": "Linux 6", "arch": "amd64", "memory": 24105, "cpu": "Some CPU" },
                  "jdk": "25.0.3", "commit": "abc1234", "date": "2026-11-26", "jmh": [%s], %s }
                """.formatted(String.join(",", results), more.replace('\'', '"')));
    }

    Path in(Path directory, String name) throws IOException {
        return Files.writeString(directory.resolve(name), "[" + String.join(",", results) + "]");
    }
}
