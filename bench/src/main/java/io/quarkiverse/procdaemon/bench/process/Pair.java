package io.quarkiverse.procdaemon.bench.process;

/** Two processes, one right after the other. */
record Pair(Measured without, Measured with) {
}
