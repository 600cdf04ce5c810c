/**
 * Benchmarks. They measure the engine through its public face and check nothing; {@code bench/README.md} says how to run them.
 */
package io.quarkiverse.procdaemon.bench;
