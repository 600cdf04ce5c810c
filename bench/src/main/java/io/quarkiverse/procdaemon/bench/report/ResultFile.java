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
 * A run as JMH wrote it with {@code -rf json}, or as {@code Bench} did: an object with that, and more.
 *
 * @param title the file and the JVM
 * @param about the machine, the commit and the date; empty if the file does not say
 * @param figures in the order of the file
 * @param listings of what else was measured
 */
record ResultFile(String title, String about, List<Figure> figures, List<Listing> listings) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double CONFIDENCE = 0.999;
    private static final String SIZE = "n";
    private static final String BENCHMARKS = "jmh";

    /** Reads the file; an error if it is neither JMH's nor ours. */
    static ResultFile read(Path path) {
        try {
            JsonNode root = MAPPER.readTree(path.toFile());
            JsonNode results = root.isObject() ? root.path(BENCHMARKS) : root;
            if (!results.isArray() || results.isEmpty() || !results.get(0).has("primaryMetric")) {
                throw new IllegalArgumentException(path + " has no results of JMH; write it with -rf json");
            }
            String jdk = results.get(0).path("jdkVersion").asText("unknown");
            List<Listing> listings = Stream.concat(Stream.of(new Listing("allocation", allocations(results))),
                    Stream.of("turns", "latency", "memory", "processes", "augmentation")
                            .map(title -> new Listing(title, stream(root.path(title)).toList())))
                    .filter(listing -> !listing.rows().isEmpty()).toList();
            return new ResultFile(path.getFileName() + ", JDK " + jdk, about(root),
                    stream(results).map(ResultFile::figure).toList(), listings);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String about(JsonNode root) {
        if (!root.has("machine")) {
            return "";
        }
        JsonNode machine = root.get("machine");
        return "%d cores of %s (%s), %d MiB, %s; commit %s, %s".formatted(machine.path("cores").asInt(),
                machine.path("cpu").asText(), machine.path("arch").asText(), machine.path("memory").asLong(),
                machine.path("os").asText(), root.path("commit").asText(), root.path("date").asText());
    }

    /** Of benchmarks for n there is none: what is done for a call outside the measured time allocates as well. */
    private static List<JsonNode> allocations(JsonNode results) {
        return stream(results).filter(result -> allocation(result).has("score")).filter(result -> figure(result).n() == 0)
                .<JsonNode> map(result -> MAPPER.createObjectNode().put("row", figure(result).row().title())
                        .put("bytes for a call", Math.round(allocation(result).get("score").asDouble())))
                .toList();
    }

    private static JsonNode allocation(JsonNode result) {
        return result.path("secondaryMetrics").path("gc.alloc.rate.norm");
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
