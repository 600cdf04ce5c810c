package io.quarkiverse.procdaemon.bench.run;

import java.util.List;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * A section of JMH's.
 *
 * @param title what it measures
 * @param all in this order
 */
public record BenchmarkSection(String title, List<Benchmarks> all) implements Section {

    @Override
    public double seconds() {
        Progress silent = new Progress(new Clock());
        return all.stream().mapToDouble(each -> each.seconds(silent)).sum();
    }

    @Override
    public void run(Results results, Clock clock) throws RunnerException {
        for (Benchmarks each : all) {
            results.addBenchmarks(new Runner(each.options(), new Progress(clock)).run());
        }
    }
}
