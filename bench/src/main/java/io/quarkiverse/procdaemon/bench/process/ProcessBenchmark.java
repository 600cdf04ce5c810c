package io.quarkiverse.procdaemon.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the extension adds to the start, the memory and the end of a process. The application is run without and with it by
 * turns, in pairs; each row of the table is about as many subsystems as it says. System properties: {@code subsystems}, the
 * rows; {@code pairs} of runs for each; {@code settle}, milliseconds between being ready and SIGTERM; {@code without} and
 * {@code with}, jars or executables; {@code options} for the JVM that runs the jars.
 */
public final class ProcessBenchmark {

    private static final String JAR = "bench/apps/%s/target/quarkus-app/quarkus-run.jar";

    private final long settle = Long.getLong("settle", 1000);
    private final Program without;
    private final Program with;

    private ProcessBenchmark(List<String> options) {
        without = new Program(file("without"), options);
        with = new Program(file("with"), options);
    }

    /**
     * The two applications, as they are named by system properties or lie in their directories.
     *
     * @param options for the JVM of both
     * @throws IllegalArgumentException if one is not there
     */
    public static ProcessBenchmark with(List<String> options) {
        return new ProcessBenchmark(options);
    }

    /** Whether both applications are there. */
    public static boolean isBuilt() {
        return Files.isRegularFile(file("without")) && Files.isRegularFile(file("with"));
    }

    private static Path file(String which) {
        return Path.of(System.getProperty(which, JAR.formatted(which)));
    }

    private static List<String> words(String property, String otherwise, String separator) {
        return Arrays.stream(System.getProperty(property, otherwise).split(separator)).filter(word -> !word.isEmpty()).toList();
    }

    /** Prints a table for each number of subsystems. A pair of runs takes a few seconds. */
    public static void main(String[] args) throws IOException, InterruptedException {
        ProcessBenchmark benchmark = with(words("options", "", " "));
        for (String subsystems : words("subsystems", "100", ",")) {
            benchmark.measure(Integer.parseInt(subsystems), Integer.getInteger("pairs", 20));
        }
    }

    /**
     * Measures and prints the table for one number of subsystems.
     *
     * @param pairs of runs, after one that does not count
     * @return start, memory and stop
     */
    public List<Difference> measure(int subsystems, int pairs) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("BENCH_SUBSYSTEMS", String.valueOf(subsystems));
        List<Pair> measured = new ArrayList<>();
        pair(environment, false);
        for (int i = 0; i < pairs; i++) {
            measured.add(pair(environment, i % 2 == 1));
        }
        List<Difference> rows = List.of(Difference.of("start ms", subsystems, measured, Measured::start),
                Difference.of("memory MiB", subsystems, measured, Measured::memory),
                Difference.of("stop ms", subsystems, measured, Measured::stop));
        System.out.printf("%d subsystems, %d pairs: median [quartiles]%n", subsystems, pairs);
        System.out.print(Table.of(rows));
        return rows;
    }

    /** Which one comes first changes, so that none profits from what the other has left in the caches. */
    private Pair pair(Map<String, String> environment, boolean swapped) throws IOException, InterruptedException {
        Measured first = RunningProgram.measure(swapped ? with : without, environment, settle);
        Measured second = RunningProgram.measure(swapped ? without : with, environment, settle);
        return swapped ? new Pair(second, first) : new Pair(first, second);
    }
}
