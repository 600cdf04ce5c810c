package io.quarkiverse.procdaemon.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkiverse.procdaemon.bench.augmentation.AugmentationBenchmark;
import io.quarkiverse.procdaemon.bench.memory.MemoryPerSubsystem;
import io.quarkiverse.procdaemon.bench.process.Applications;
import io.quarkiverse.procdaemon.bench.reload.ReloadLatency;
import io.quarkiverse.procdaemon.bench.run.BenchmarkSection;
import io.quarkiverse.procdaemon.bench.run.Benchmarks;
import io.quarkiverse.procdaemon.bench.run.Effort;
import io.quarkiverse.procdaemon.bench.run.Jvm;
import io.quarkiverse.procdaemon.bench.run.MissingSection;
import io.quarkiverse.procdaemon.bench.run.RowSection;
import io.quarkiverse.procdaemon.bench.run.Section;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;

/**
 * What is run, how often and on what JVM. The heap of every fork is touched beforehand: where it is not, the first touch of
 * each page takes up to twenty times of what is measured.
 */
final class Plan {

    private static final List<String> SMALL_HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+UseTransparentHugePages",
            "-XX:+AlwaysPreTouch");
    /** A young generation in which some ten calls find room, as a daemon that starts once does. */
    private static final List<String> LARGE_HEAP = List.of("-Xms4g", "-Xmx4g", "-Xmn2500m", "-XX:+UseTransparentHugePages",
            "-XX:+AlwaysPreTouch");
    /** A method is compiled before it goes on: otherwise the compiler waits for a core, and the warm-up for the compiler. */
    private static final Effort NORMAL = new Effort(2, 4, 400, 5, 250, 1_200, with("-Xbatch", SMALL_HEAP));
    /** Whoever is ahead of a peer is so by factors, which one fork shows. */
    private static final Effort PEER = new Effort(1, 4, 400, 5, 250, 1_200, with("-Xbatch", SMALL_HEAP));
    private static final Effort HEAVY = new Effort(1, 4, 1_000, 5, 1_000, 8_000, with("-Xbatch", LARGE_HEAP));
    /** For what takes ten seconds with all that is done before and after it: one call for each iteration. */
    private static final Effort FEW_CALLS = new Effort(1, 1, 1, 2, 1, 40_000, LARGE_HEAP);
    private static final Effort SHORT = new Effort(0, 0, 0, 1, 50, 100, List.of());

    private static final String OURS = "StartStopBenchmark\\.(register|start|stop)$";
    private static final String LIFE_CYCLE = "bench\\.StartStopBenchmark\\.";
    private static final String PEERS = "bench\\.peers\\.";
    private static final String PLATFORM_PEERS = "bench\\.peers\\.(Guava|Spring)Benchmark\\.";
    private static final String VIRTUAL_PEERS = "bench\\.peers\\.\\w+VirtualBenchmark\\.";
    private static final String VIRTUAL = "Virtual";
    private static final String REFERENCE = "bench\\.reference\\.";
    private static final String SUPERVISION = "bench\\.(Restart|HotPath|Event)Benchmark\\.";
    private static final String RELOAD = "bench\\.reload\\.";

    private static final double SECONDS_PER_BUILD = 10;

    private final boolean virtual = SystemThreads.hasVirtual();

    private Plan() {
    }

    /** The figures. */
    static List<Section> full() {
        Plan plan = new Plan();
        return List.of(new BenchmarkSection("life cycle", plan.lifeCycle()),
                new RowSection("by turns", "turns", 90, () -> Jvm.rows(ByTurns.class, LARGE_HEAP)),
                new BenchmarkSection("peers", plan.peers()),
                new BenchmarkSection("reference", List.of(new Benchmarks(REFERENCE, null, Map.of(), NORMAL))),
                new BenchmarkSection("supervision", List.of(new Benchmarks(SUPERVISION, null, Map.of(), NORMAL))),
                new BenchmarkSection("reload", List.of(new Benchmarks(RELOAD, null, Map.of(), NORMAL))),
                new RowSection("reload latency", "latency", 45, () -> Jvm.rows(ReloadLatency.class, SMALL_HEAP)),
                new RowSection("shutdown latency", "latency", 90, () -> Jvm.rows(ShutdownLatency.class, LARGE_HEAP)),
                new RowSection("memory", "memory", 15, () -> Jvm.rows(MemoryPerSubsystem.class, LARGE_HEAP)),
                ProcessPlan.FULL.jars(), ProcessPlan.FULL.executables(), augmentation(3, 1, 10, 1_000));
    }

    /** Everything once: that it runs. */
    static List<Section> brief() {
        Plan plan = new Plan();
        String exclude = plan.virtual ? null : VIRTUAL;
        return List.of(
                new BenchmarkSection("life cycle", List.of(
                        new Benchmarks(LIFE_CYCLE, null, Map.of("n", List.of("1", "3", "100"), "shape", List.of("flat")),
                                SHORT),
                        new Benchmarks(OURS, null, Map.of("n", List.of("100"), "shape", List.of("chains", "dag")), SHORT))),
                new RowSection("by turns", "turns", 1, () -> ByTurns.measure(100, 10)),
                new BenchmarkSection("peers",
                        List.of(new Benchmarks(PEERS, exclude, Map.of("n", List.of("1", "3", "100")), SHORT))),
                new BenchmarkSection("reference", List.of(new Benchmarks(REFERENCE, null, Map.of(), SHORT))),
                new BenchmarkSection("supervision", List.of(new Benchmarks(SUPERVISION, null, Map.of(), SHORT))),
                new BenchmarkSection("reload", List.of(new Benchmarks(RELOAD, null, Map.of(), SHORT))),
                new RowSection("reload latency", "latency", 2, () -> ReloadLatency.measure(10)),
                new RowSection("shutdown latency", "latency", 1, () -> ShutdownLatency.measure(100, 10)),
                new RowSection("memory", "memory", 1, () -> MemoryPerSubsystem.measure(1_000)),
                ProcessPlan.BRIEF.jars(), ProcessPlan.BRIEF.executables(), augmentation(1, 1));
    }

    private static List<String> with(String option, List<String> others) {
        return Stream.concat(Stream.of(option), others.stream()).toList();
    }

    private List<Benchmarks> lifeCycle() {
        List<String> sizes = virtual ? List.of("1", "3", "100", "1000", "10000") : List.of("1", "3", "100", "1000");
        List<String> graphs = virtual ? List.of("100", "1000", "10000") : List.of("100", "1000");
        List<Benchmarks> all = new ArrayList<>();
        all.add(new Benchmarks(LIFE_CYCLE, null, Map.of("n", sizes, "shape", List.of("flat")), NORMAL));
        all.add(new Benchmarks(OURS, null, Map.of("n", graphs, "shape", List.of("chains", "dag")), NORMAL));
        if (virtual) {
            all.add(new Benchmarks(LIFE_CYCLE, null, Map.of("n", List.of("100000"), "shape", List.of("flat")), HEAVY));
            all.add(new Benchmarks(OURS, null, Map.of("n", List.of("100000"), "shape", List.of("chains", "dag")), HEAVY));
        }
        return all;
    }

    /** To add 100,000 tasks takes Pekko more than a minute for each call, so it goes no further than 10,000. */
    private List<Benchmarks> peers() {
        List<String> few = List.of("1", "3", "100", "1000");
        if (!virtual) {
            return List.of(new Benchmarks(PEERS, VIRTUAL, Map.of("n", few), PEER));
        }
        return List.of(new Benchmarks(PEERS, null, Map.of("n", few), PEER),
                new Benchmarks(PEERS, PLATFORM_PEERS, Map.of("n", List.of("10000")), PEER),
                new Benchmarks(PLATFORM_PEERS, null, Map.of("n", List.of("10000")), FEW_CALLS),
                new Benchmarks(VIRTUAL_PEERS, null, Map.of("n", List.of("100000")), HEAVY));
    }

    private static Section augmentation(int builds, int... subsystems) {
        if (!Applications.jars().areBuilt()) {
            return new MissingSection("augmentation", ProcessPlan.BUILD);
        }
        return new RowSection("augmentation", "augmentation", 2 * SECONDS_PER_BUILD * builds * subsystems.length,
                () -> AugmentationBenchmark.measure(builds, subsystems));
    }
}
