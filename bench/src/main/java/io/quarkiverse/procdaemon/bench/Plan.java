package io.quarkiverse.procdaemon.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.quarkiverse.procdaemon.bench.lifecycle.VirtualThreads;
import io.quarkiverse.procdaemon.bench.process.ProcessBenchmark;

/**
 * What is run, how often and on what JVM. The heap of every fork is touched in advance: where it is not, the first touch of
 * each page costs up to twenty times of what is measured. A method is compiled before it goes on: otherwise the compiler waits
 * for a core, and the warm-up for the compiler.
 */
enum Plan {
    /** The figures; an hour, twice that beside a baseline. */
    FULL(3, 10),
    /** Good for factors, not for percents; a quarter of an hour, half an hour beside a baseline. */
    SHORT(2, 4),
    /** Everything once, to see that it runs; a minute. */
    ONCE(1, 1);

    private static final List<String> SMALL_HEAP = List.of("-Xbatch", "-Xms1g", "-Xmx1g", "-XX:+UseTransparentHugePages",
            "-XX:+AlwaysPreTouch");
    /** A young generation in which some ten calls find room, as a daemon that starts once does. */
    private static final List<String> LARGE_HEAP = List.of("-Xbatch", "-Xms4g", "-Xmx4g", "-Xmn2500m",
            "-XX:+UseTransparentHugePages", "-XX:+AlwaysPreTouch");

    private static final String[] ALL = { "now", "raw", "raw-own", "guava", "guava-virtual", "spring", "spring-virtual" };
    /** Those that do not take seconds with 10,000 platform threads. */
    private static final String[] LIGHT = { "now", "raw", "raw-own", "guava-virtual", "spring-virtual" };
    private static final String[] PLATFORM = { "now", "raw", "raw-own", "guava", "spring" };

    private final int forks;
    private final int processes;

    Plan(int forks, int processes) {
        this.forks = forks;
        this.processes = processes;
    }

    /** The name of the plan as an argument. */
    static Plan named(String argument) {
        return Stream.of(values()).filter(plan -> argument.equals("--" + plan.name().toLowerCase(Locale.ROOT)))
                .findFirst().orElse(null);
    }

    /** All parts, the quick ones first. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        boolean virtual = VirtualThreads.exist();
        parts.add(new Part("engine\\.(Calls|Restart)Benchmark", effort(400, SMALL_HEAP)));
        parts.add(new Part("engine\\.Fork", effort(400, SMALL_HEAP)).with("subject", "now", "raw"));
        parts.add(new Part("engine\\.(Control|Readiness)", effort(400, SMALL_HEAP)).with("subject", "now"));
        lifeCycle(parts, effort(400, SMALL_HEAP), virtual ? this == SHORT ? LIGHT : ALL : PLATFORM,
                sizes("1", "3", "10", "100", "1000"));
        if (virtual && this != ONCE) {
            lifeCycle(parts, effort(1_000, LARGE_HEAP), LIGHT, sizes("10000", "100000"));
        }
        if (virtual && this == FULL) {
            Effort few = new Effort(2, true, 1, 1, 1, LARGE_HEAP);
            parts.add(new Part("StartStop.*\\.st", few).with("n", "10000").with("subject", "guava", "spring"));
        }
        Effort single = new Effort(forks, this != ONCE, 0, 1, 1, LARGE_HEAP);
        parts.add(new Part("engine\\.Memory", single).with("n", this == ONCE || !virtual ? "1000" : "100000"));
        processes(parts);
        return parts;
    }

    private void lifeCycle(List<Part> parts, Effort effort, String[] subjects, String... sizes) {
        parts.add(new Part("StartStop.*\\.st", effort).with("n", sizes).with("subject", subjects));
        parts.add(new Part("shutdownToFirst", effort).with("n", sizes).with("subject", "now"));
        parts.add(new Part("Register", effort).with("n", sizes));
        if (this != SHORT) {
            // Shapes of dependencies, which only the engine has.
            String[] graphs = Stream.of(sizes).filter(n -> n.length() > 2).toArray(String[]::new);
            parts.add(new Part("(StartStop.*\\.st|Register)", effort).with("n", graphs).with("subject", "now").with("shape",
                    "chains", "dag"));
        }
    }

    /** All of them for figures; some of them otherwise. */
    private String[] sizes(String... all) {
        return switch (this) {
            case FULL -> all;
            case SHORT -> Stream.of(all).filter(n -> !n.equals("3") && !n.equals("10000")).toArray(String[]::new);
            case ONCE -> new String[] { "1", "100" };
        };
    }

    /** Each of them is a call of a benchmark that takes seconds. */
    private void processes(List<Part> parts) {
        Effort calls = new Effort(processes, false, 0, 1, 1, List.of());
        if (ProcessBenchmark.areBuilt(false)) {
            Part all = new Part("process\\.Process", calls);
            parts.add(all.with("n", this == FULL ? new String[] { "0", "1", "10", "100", "1000" } : new String[] { "10" }));
            if (this == FULL) {
                parts.add(all.with("n", "10").with("by", "cds"));
            }
            if (Runtime.version().feature() >= 25 && this != ONCE) {
                parts.add(all.with("n", "10").with("by", "aot"));
            }
            Effort builds = new Effort(forks, this != ONCE, 0, 1, 1, List.of());
            parts.add(new Part("augmentation\\.", builds).with("n",
                    this == FULL ? new String[] { "1", "10", "1000" } : new String[] { "10" }));
            parts.add(new Part("process\\.Reload", new Effort(forks, false, 0, 1, 1, List.of()))
                    .with("rounds", this == ONCE ? "10" : "300"));
        } else {
            System.out.println("The applications are not built, so processes and builds are left out; see bench/README.md.");
        }
        if (ProcessBenchmark.areBuilt(true)) {
            parts.add(new Part("process\\.Process", calls).with("n", "10").with("by", "native"));
        }
    }

    private Effort effort(int millis, List<String> jvmArgs) {
        return this == ONCE ? new Effort(1, false, 0, 1, 50, List.of())
                : new Effort(forks, true, this == FULL ? 5 : 3, this == FULL ? 5 : 3, millis, jvmArgs);
    }
}
