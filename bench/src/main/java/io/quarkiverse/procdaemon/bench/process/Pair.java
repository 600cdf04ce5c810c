package io.quarkiverse.procdaemon.bench.process;

/** Two processes, one right after the other: what is compared with, and what is compared. */
record Pair(Measured base, Measured other) {
}
