package io.quarkiverse.procdaemon.bench.memory;

/**
 * What one of n subsystems takes.
 *
 * @param state in which they are
 * @param n how many there are
 * @param each bytes of the heap: what all take, by their number
 */
public record Bytes(String state, int n, double each) {
}
