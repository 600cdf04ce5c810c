package io.quarkiverse.procdaemon.bench.run;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Prints a line for each benchmark that is done, and what JMH has to say of failures. */
final class Progress implements OutputFormat {

    private final Clock clock;

    Progress(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void endBenchmark(BenchmarkResult result) {
        if (result != null) {
            BenchmarkParams params = result.getParams();
            Result<?> primary = result.getPrimaryResult();
            clock.print(String.format(Locale.ROOT, "%-60s %12.2f %s", name(params), primary.getStatistics().getPercentile(50),
                    primary.getScoreUnit()));
        }
    }

    private static String name(BenchmarkParams params) {
        String[] names = params.getBenchmark().split("\\.");
        return names[names.length - 2] + "." + names[names.length - 1] + params.getParamsKeys().stream()
                .map(key -> " " + key + "=" + params.getParam(key)).collect(Collectors.joining());
    }

    /** What begins with # is about how JMH was called. */
    @Override
    public void println(String text) {
        if (!text.isBlank() && !text.startsWith("#")) {
            System.out.println(text);
        }
    }

    @Override
    public void startRun() {
        // The section has said so.
    }

    @Override
    public void startBenchmark(BenchmarkParams params) {
        // There is a line when it is done.
    }

    @Override
    public void iteration(BenchmarkParams params, IterationParams iterations, int iteration) {
        // There is a line when all are done.
    }

    @Override
    public void iterationResult(BenchmarkParams params, IterationParams iterations, int iteration, IterationResult result) {
        // There is a line when all are done.
    }

    @Override
    public void endRun(Collection<RunResult> results) {
        // The table has them.
    }

    @Override
    public void print(String text) {
        // It is part of a line that is left out.
    }

    @Override
    public void verbosePrintln(String text) {
        // Nobody has asked for that.
    }

    @Override
    public void write(int aByte) {
        // It is what a fork prints; if it fails, println has it.
    }

    @Override
    public void write(byte[] bytes) {
        // The same.
    }

    @Override
    public void flush() {
        System.out.flush();
    }

    @Override
    public void close() {
        // The standard output stays open.
    }
}
