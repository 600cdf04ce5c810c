package io.quarkiverse.procdaemon.bench.process;

import java.io.IOException;
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

    private final Program without = program("without");
    private final Program with = program("with");
    private final int pairs = Integer.getInteger("pairs", 20);
    private final long settle = Long.getLong("settle", 1000);

    private ProcessBenchmark() {
    }

    private static Program program(String which) {
        return new Program(Path.of(System.getProperty(which, JAR.formatted(which))), words("options", "", " "));
    }

    private static List<String> words(String property, String otherwise, String separator) {
        return Arrays.stream(System.getProperty(property, otherwise).split(separator)).filter(word -> !word.isEmpty()).toList();
    }

    /** Prints a table for each number of subsystems. A pair of runs takes a few seconds. */
    public static void main(String[] args) throws IOException, InterruptedException {
        ProcessBenchmark benchmark = new ProcessBenchmark();
        for (String subsystems : words("subsystems", "100", ",")) {
            benchmark.row(subsystems);
        }
    }

    private void row(String subsystems) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("BENCH_SUBSYSTEMS", subsystems);
        List<Pair> measured = new ArrayList<>();
        pair(environment, false);
        for (int i = 0; i < pairs; i++) {
            measured.add(pair(environment, i % 2 == 1));
        }
        System.out.printf("%s subsystems, %d pairs: median [quartiles]%n", subsystems, pairs);
        System.out.print(Table.of(measured));
    }

    /** Which one comes first changes, so that none profits from what the other has left in the caches. */
    private Pair pair(Map<String, String> environment, boolean swapped) throws IOException, InterruptedException {
        Measured first = RunningProgram.measure(swapped ? with : without, environment, settle);
        Measured second = RunningProgram.measure(swapped ? without : with, environment, settle);
        return swapped ? new Pair(second, first) : new Pair(first, second);
    }
}
