package io.quarkiverse.procdaemon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the subjects of a benchmark by turns, as JMH does not: one fork of each, then the next of each. Whatever else slows down
 * the machine does so to all of them.
 */
final class Rounds {

    private static final String SUBJECT = "subject";
    private static final String NOW = "now";
    private static final String BEFORE = "before";
    private static final String CLASS_PATH = "java.class.path";

    private final Map<String, List<BenchmarkResult>> results = new LinkedHashMap<>();
    private final long began = System.nanoTime();
    private final String classPath = System.getProperty(CLASS_PATH);
    private final String classPathBefore;
    private final boolean applicationBefore;
    private final OutputFormat log;

    /** @param log where JMH prints to */
    Rounds(PrintStream log) throws IOException {
        this.log = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
        Baseline baseline = Baseline.optional().orElse(null);
        classPathBefore = baseline == null ? null : baseline.classPath();
        applicationBefore = baseline != null && baseline.hasApplication();
    }

    /** All so far, each subject with all its rounds. */
    List<RunResult> results() {
        return results.values().stream().map(rounds -> new RunResult(rounds.get(0).getParams(), rounds)).toList();
    }

    /** Runs those benchmarks of the part in whose names the pattern is found. */
    void run(Part part, Pattern some) throws RunnerException {
        for (BenchmarkListEntry each : BenchmarkList.defaultList().find(log, List.of(part.include()), List.of())) {
            if (some.matcher(each.getUsername()).find()) {
                run(each, part);
            }
        }
    }

    private void run(BenchmarkListEntry benchmark, Part part) throws RunnerException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        benchmark.getParams().orElse(Map.of()).forEach((name, all) -> values.put(name, List.of(all)));
        part.parameters().forEach((name, all) -> values.computeIfPresent(name, (same, declared) -> all));
        List<String> subjects = subjects(benchmark.getUsername(), values.remove(SUBJECT));
        for (Map<String, String> parameters : combinations(values)) {
            List<String> order = new ArrayList<>(subjects);
            for (int round = 0; round < part.effort().rounds(); round++) {
                for (String subject : order) {
                    parameters.put(SUBJECT, subject);
                    turn(benchmark.getUsername(), parameters, part.effort());
                }
                // None profits from what another leaves behind.
                Collections.reverse(order);
            }
        }
    }

    private List<String> subjects(String benchmark, List<String> declared) {
        List<String> all = new ArrayList<>(declared);
        boolean needsApplication = benchmark.contains(".process.") || benchmark.contains(".augmentation.");
        if (all.contains(NOW) && (needsApplication ? applicationBefore : classPathBefore != null)) {
            all.add(all.indexOf(NOW), BEFORE);
        }
        return all;
    }

    static List<Map<String, String>> combinations(Map<String, List<String>> values) {
        List<Map<String, String>> all = new ArrayList<>(List.of(new LinkedHashMap<>()));
        values.forEach((name, each) -> {
            List<Map<String, String>> longer = new ArrayList<>();
            for (String value : each) {
                for (Map<String, String> shorter : all) {
                    Map<String, String> one = new LinkedHashMap<>(shorter);
                    one.put(name, value);
                    longer.add(one);
                }
            }
            all.clear();
            all.addAll(longer);
        });
        return all;
    }

    private void turn(String benchmark, Map<String, String> parameters, Effort effort) throws RunnerException {
        boolean before = parameters.get(SUBJECT).equals(BEFORE) && classPathBefore != null;
        ChainedOptionsBuilder options = new OptionsBuilder().include("^" + Pattern.quote(benchmark) + "$")
                .forks(effort.forked() || before && !benchmark.contains(".process.") ? 1 : 0)
                .jvmArgsAppend(effort.jvmArgs().toArray(String[]::new))
                .warmupIterations(effort.warmups()).warmupTime(TimeValue.milliseconds(effort.millis()))
                .measurementIterations(effort.iterations()).measurementTime(TimeValue.milliseconds(effort.millis()))
                .addProfiler(GCProfiler.class).shouldFailOnError(true);
        parameters.forEach(options::param);
        // JMH gives its forks what this JVM has.
        System.setProperty(CLASS_PATH, before ? classPathBefore : classPath);
        try {
            for (RunResult result : new Runner(options.build(), log).run()) {
                results.computeIfAbsent(benchmark + parameters, none -> new ArrayList<>()).addAll(result.getBenchmarkResults());
                System.out.printf("[%4d s] %s %s %.4g %s%n", (System.nanoTime() - began) / 1_000_000_000,
                        benchmark.replaceFirst(".*\\.(\\w+)Benchmark", "$1"), parameters,
                        result.getPrimaryResult().getScore(), result.getPrimaryResult().getScoreUnit());
            }
        } finally {
            System.setProperty(CLASS_PATH, classPath);
        }
    }
}
