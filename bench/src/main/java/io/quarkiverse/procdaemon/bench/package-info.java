/**
 * Benchmarks as classes of JMH, and a launcher that runs them by turns; they check nothing. {@code bench/README.md} says how to
 * run them.
 */
package io.quarkiverse.procdaemon.bench;
