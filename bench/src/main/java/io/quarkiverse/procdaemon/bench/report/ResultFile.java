package io.quarkiverse.procdaemon.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.openjdk.jmh.util.ListStatistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A run as JMH wrote it with {@code -rf json}.
 *
 * @param title the file and the JVM
 * @param figures in the order of the file
 */
record ResultFile(String title, List<Figure> figures) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double CONFIDENCE = 0.999;
    private static final String SIZE = "n";

    /** Reads the file; an error if it is none of JMH's. */
    static ResultFile read(Path path) {
        try {
            JsonNode results = MAPPER.readTree(path.toFile());
            if (!results.isArray() || results.isEmpty() || !results.get(0).has("primaryMetric")) {
                throw new IllegalArgumentException(path + " has no results of JMH; write it with -rf json");
            }
            String jdk = results.get(0).path("jdkVersion").asText("unknown");
            return new ResultFile(path.getFileName() + ", JDK " + jdk, stream(results).map(ResultFile::figure).toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The same measurement in this run. */
    Optional<Figure> find(Figure like) {
        return figures.stream().filter(like::isOf).findFirst();
    }

    private static Figure figure(JsonNode result) {
        Map<String, String> parameters = new TreeMap<>();
        result.path("params").properties().forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
        String n = parameters.remove(SIZE);
        String rest = parameters.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
        JsonNode metric = result.get("primaryMetric");
        return new Figure(Row.of(result.get("benchmark").asText(), rest), n == null ? 0 : Integer.parseInt(n),
                metric.get("scorePercentiles").get("50.0").asDouble(), error(result), metric.get("scoreUnit").asText());
    }

    /** JMH's own error of a sample takes all its calls for independent, which those of one JVM are not. */
    private static double error(JsonNode result) {
        JsonNode medians = result.path("secondaryMetrics").path("p0.50").path("rawData");
        JsonNode iterations = medians.isMissingNode() ? result.path("primaryMetric").path("rawData") : medians;
        double[] each = stream(iterations).flatMapToDouble(ResultFile::values).toArray();
        return new ListStatistics(each).getMeanErrorAt(CONFIDENCE);
    }

    private static DoubleStream values(JsonNode fork) {
        return stream(fork).mapToDouble(JsonNode::asDouble);
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
