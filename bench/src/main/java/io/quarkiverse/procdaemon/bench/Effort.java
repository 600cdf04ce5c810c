package io.quarkiverse.procdaemon.bench;

import java.util.List;

/**
 * How long and how often each benchmark is measured.
 *
 * @param rounds how often each subject has its turn: a JVM of its own, or a call in this one
 * @param forked whether it has a JVM of its own
 * @param warmups iterations that do not count
 * @param iterations those that count
 * @param millis how long each of both is
 * @param jvmArgs for the JVMs
 */
record Effort(int rounds, boolean forked, int warmups, int iterations, int millis, List<String> jvmArgs) {
}
