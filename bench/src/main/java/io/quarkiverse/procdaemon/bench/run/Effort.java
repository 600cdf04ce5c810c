package io.quarkiverse.procdaemon.bench.run;

import java.util.List;

/**
 * How long and how often JMH measures each benchmark.
 *
 * @param forks JVMs, one after the other; 0 for the one that runs this
 * @param warmups iterations that do not count
 * @param warmupMillis how long each of them is
 * @param iterations those that count
 * @param millis how long each of them is
 * @param extraMillis what a fork takes besides: its start, and the calls that are under way when an iteration is over
 * @param jvmArgs for the forks
 */
public record Effort(int forks, int warmups, int warmupMillis, int iterations, int millis, int extraMillis,
        List<String> jvmArgs) {

    /** About how long one benchmark takes for one set of parameters. */
    double seconds() {
        return Math.max(1, forks) * (warmups * warmupMillis + iterations * millis + extraMillis) / 1e3;
    }
}
