package io.quarkiverse.procdaemon.bench.process;

/**
 * One process, from its start to its end.
 *
 * @param start milliseconds until it was ready
 * @param memory resident MiB before its end
 * @param stop milliseconds from SIGTERM until it had exited
 */
record Measured(double start, double memory, double stop) {
}
