package io.quarkiverse.procdaemon.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.quarkiverse.procdaemon.bench.process.Applications;
import io.quarkiverse.procdaemon.bench.process.Difference;
import io.quarkiverse.procdaemon.bench.process.ProcessBenchmark;
import io.quarkiverse.procdaemon.bench.run.MissingSection;
import io.quarkiverse.procdaemon.bench.run.RowSection;
import io.quarkiverse.procdaemon.bench.run.Section;

/**
 * How many pairs of processes are run, by the number of subsystems.
 *
 * @param extension with so many subsystems beside none of both
 * @param subsystems so many beside none, both with the extension
 */
record ProcessPlan(Map<Integer, Integer> extension, Map<Integer, Integer> subsystems) {

    /** Those for which there is a goal more often. */
    static final ProcessPlan FULL = new ProcessPlan(Map.of(0, 5, 1, 5, 10, 20, 100, 20, 1_000, 5),
            Map.of(10, 20, 100, 10));
    /** That it runs. */
    static final ProcessPlan BRIEF = new ProcessPlan(Map.of(10, 1), Map.of());

    static final String BUILD = "The applications are not built, so this is left out. Build them with: mvn -B package"
            + " -DskipTests -Pbench-apps -pl deployment,bench,bench/apps/without,bench/apps/with -am";

    /** Without it the one application collects garbage at its end for its metaspace, and the other does not. */
    private static final List<String> OPTIONS = List.of("-XX:MetaspaceSize=64m");
    private static final double SECONDS_PER_PAIR = 5;
    private static final double SECONDS_PER_NATIVE_PAIR = 2.5;

    ProcessPlan {
        extension = new TreeMap<>(extension);
        subsystems = new TreeMap<>(subsystems);
    }

    /** On the JVM that runs this. */
    Section jars() {
        return section("processes", Applications.jars(), SECONDS_PER_PAIR, BUILD);
    }

    /** As native executables. */
    Section executables() {
        return section("native processes", Applications.executables(), SECONDS_PER_NATIVE_PAIR,
                BUILD + " -Dbench.native, with a GraalVM in GRAALVM_HOME");
    }

    private Section section(String title, Applications applications, double secondsPerPair, String wayOut) {
        if (!applications.areBuilt()) {
            return new MissingSection(title, wayOut);
        }
        return new RowSection(title, "processes", pairs() * secondsPerPair,
                () -> measure(new ProcessBenchmark(applications, OPTIONS)));
    }

    private int pairs() {
        return List.of(extension, subsystems).stream().flatMap(all -> all.values().stream()).mapToInt(some -> some + 1).sum();
    }

    private List<Difference> measure(ProcessBenchmark benchmark) throws Exception {
        List<Difference> rows = new ArrayList<>();
        for (Map.Entry<Integer, Integer> each : extension.entrySet()) {
            rows.addAll(benchmark.extension(each.getKey(), each.getValue()));
        }
        for (Map.Entry<Integer, Integer> each : subsystems.entrySet()) {
            rows.addAll(benchmark.subsystems(each.getKey(), each.getValue()));
        }
        return rows;
    }
}
