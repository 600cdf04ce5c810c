package io.quarkiverse.procdaemon.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A run as JMH writes it with {@code -rf json}.
 *
 * @param jdk its version
 * @param rows in the order of the file
 */
record Results(String jdk, List<Row> rows) {

    private static final String MEDIAN = "p0.50";
    private static final String BYTES = "gc.alloc.rate.norm";

    static Results read(Path file) {
        try {
            JsonNode root = new ObjectMapper().readTree(file.toFile());
            if (!root.isArray() || root.isEmpty() || !root.get(0).has("primaryMetric")) {
                throw new IllegalArgumentException(file + " has no results of JMH; write it with -rf json");
            }
            return new Results(root.get(0).path("jdkVersion").asText("unknown"),
                    stream(root).flatMap(Results::rows).toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The counters of a benchmark that has some, else its time. */
    private static Stream<Row> rows(JsonNode result) {
        JsonNode secondary = result.path("secondaryMetrics");
        List<Row> counters = new ArrayList<>();
        secondary.properties().stream().filter(metric -> !metric.getKey().matches("(p[01]|gc)\\..*"))
                .forEach(metric -> counters.add(row(result, metric.getKey(), metric.getValue())));
        return counters.isEmpty() ? Stream.of(time(result, secondary)) : counters.stream();
    }

    private static Row row(JsonNode result, String counter, JsonNode metric) {
        return row(result, counter, values(metric), Double.NaN, Double.NaN);
    }

    private static Row time(JsonNode result, JsonNode secondary) {
        JsonNode primary = result.get("primaryMetric");
        String name = result.get("benchmark").asText().replaceFirst(".*\\.", "");
        boolean sampled = secondary.has(MEDIAN);
        double bytes = secondary.path(BYTES).path("score").asDouble(Double.NaN);
        // What is done for a call outside the measured time is counted with it; that grows with n.
        return row(result, name + ", " + primary.get("scoreUnit").asText(), values(sampled ? secondary.get(MEDIAN) : primary),
                sampled ? primary.path("scorePercentiles").path("99.0").asDouble(Double.NaN) : Double.NaN,
                result.path("params").has("n") ? Double.NaN : bytes);
    }

    private static Row row(JsonNode result, String benchmark, double[] values, double p99, double bytes) {
        Map<String, String> parameters = new TreeMap<>();
        result.path("params").properties().forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
        String subject = parameters.getOrDefault("subject", "");
        int n = Integer.parseInt(parameters.getOrDefault("n", "0"));
        parameters.keySet().removeAll(List.of("subject", "n"));
        String group = result.get("benchmark").asText().replaceFirst(".*\\.(\\w+?)(Benchmark)?\\.\\w+$", "$1");
        return new Row(group, benchmark, parameters.entrySet().stream().map(Object::toString).collect(Collectors.joining(" ")),
                n,
                subject, values, p99, bytes);
    }

    /** All iterations of all forks. */
    private static double[] values(JsonNode metric) {
        return stream(metric.path("rawData"))
                .flatMapToDouble(fork -> fork.isArray() ? stream(fork).mapToDouble(JsonNode::asDouble)
                        : DoubleStream.of(fork.asDouble()))
                .toArray();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
