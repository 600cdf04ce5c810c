package io.quarkiverse.procdaemon.bench.run;

import java.util.List;
import java.util.Map;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Benchmarks of JMH that are run the same way. Each that fails is an error. What they allocate is measured as well.
 *
 * @param include a regular expression that is found in their names
 * @param exclude one that is not; null for none
 * @param parameters values by the parameter's name; for others those of the annotation
 * @param effort how long they are measured
 */
public record Benchmarks(String include, String exclude, Map<String, List<String>> parameters, Effort effort) {

    Options options() {
        ChainedOptionsBuilder options = new OptionsBuilder().include(include)
                .forks(effort.forks()).jvmArgsAppend(effort.jvmArgs().toArray(String[]::new))
                .warmupIterations(effort.warmups()).warmupTime(TimeValue.milliseconds(Math.max(1, effort.warmupMillis())))
                .measurementIterations(effort.iterations()).measurementTime(TimeValue.milliseconds(effort.millis()))
                .addProfiler(GCProfiler.class).shouldFailOnError(true);
        if (exclude != null) {
            options.exclude(exclude);
        }
        parameters.forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
        return options.build();
    }

    /** About how long all take. */
    double seconds(OutputFormat out) {
        return effort.seconds() * BenchmarkList.defaultList()
                .find(out, List.of(include), exclude == null ? List.of() : List.of(exclude)).stream()
                .mapToInt(this::combinations).sum();
    }

    private int combinations(BenchmarkListEntry benchmark) {
        return benchmark.getParams().orElse(Map.of()).entrySet().stream()
                .mapToInt(each -> parameters.containsKey(each.getKey()) ? parameters.get(each.getKey()).size()
                        : each.getValue().length)
                .reduce(1, (all, values) -> all * values);
    }
}
