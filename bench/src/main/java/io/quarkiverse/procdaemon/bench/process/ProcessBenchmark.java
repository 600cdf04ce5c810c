package io.quarkiverse.procdaemon.bench.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the extension and its subsystems add to the start, the memory and the end of a process. Two applications are run by
 * turns, in pairs. System properties: {@code subsystems}, a table for each; {@code pairs} of runs for each; {@code settle},
 * milliseconds between being ready and SIGTERM; {@code without} and {@code with}, jars or executables; {@code options} for the
 * JVM that runs the jars.
 */
public final class ProcessBenchmark {

    private final long settle = Long.getLong("settle", 1000);
    private final Applications applications;
    private final List<String> options;

    /**
     * @param applications both must be there
     * @param options for the JVM of both, if they are jars
     */
    public ProcessBenchmark(Applications applications, List<String> options) {
        this.applications = applications;
        this.options = options;
    }

    /** Prints a table for each number of subsystems. A pair of runs takes a few seconds. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Applications built = Applications.jars();
        Applications chosen = new Applications(path("without", built.without()), path("with", built.with()));
        ProcessBenchmark benchmark = new ProcessBenchmark(chosen, words("options", "", " "));
        int pairs = Integer.getInteger("pairs", 20);
        for (String subsystems : words("subsystems", "100", ",")) {
            benchmark.extension(Integer.parseInt(subsystems), pairs);
            benchmark.subsystems(Integer.parseInt(subsystems), pairs);
        }
    }

    private static Path path(String property, Path otherwise) {
        return Path.of(System.getProperty(property, otherwise.toString()));
    }

    private static List<String> words(String property, String otherwise, String separator) {
        return Arrays.stream(System.getProperty(property, otherwise).split(separator)).filter(word -> !word.isEmpty()).toList();
    }

    /**
     * Measures and prints what the extension and so many subsystems add to the application without it.
     *
     * @param pairs of runs, after one that does not count
     * @return start, memory and stop
     */
    public List<Difference> extension(int subsystems, int pairs) throws IOException, InterruptedException {
        return measure("no extension", new Program(applications.without(), options, 0), with(subsystems), pairs);
    }

    /**
     * Measures and prints what so many subsystems add to the application with the extension and none.
     *
     * @param pairs of runs, after one that does not count
     * @return start, memory and stop
     */
    public List<Difference> subsystems(int subsystems, int pairs) throws IOException, InterruptedException {
        return measure("no subsystems", with(0), with(subsystems), pairs);
    }

    private Program with(int subsystems) {
        return new Program(applications.with(), options, subsystems);
    }

    private List<Difference> measure(String than, Program base, Program other, int pairs)
            throws IOException, InterruptedException {
        List<Pair> measured = new ArrayList<>();
        pair(base, other, false);
        for (int i = 0; i < pairs; i++) {
            measured.add(pair(base, other, i % 2 == 1));
        }
        String by = applications.kind();
        int n = other.subsystems();
        List<Difference> rows = List.of(Difference.of("start ms", by, than, n, measured, Measured::start),
                Difference.of("memory MiB", by, than, n, measured, Measured::memory),
                Difference.of("stop ms", by, than, n, measured, Measured::stop));
        System.out.printf("%s, %d pairs: median [quartiles]%n%s", by, pairs, Table.of(rows));
        return rows;
    }

    /** Which one comes first changes, so that none profits from what the other has left in the caches. */
    private Pair pair(Program base, Program other, boolean swapped) throws IOException, InterruptedException {
        Measured first = RunningProgram.measure(swapped ? other : base, settle);
        Measured second = RunningProgram.measure(swapped ? base : other, settle);
        return swapped ? new Pair(second, first) : new Pair(first, second);
    }
}
