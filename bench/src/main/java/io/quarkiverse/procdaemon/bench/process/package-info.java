/**
 * Whole processes, measured from outside: the application with the extension beside the same one without it.
 * <p>
 * Promises: every wait is bounded, and no process outlives the benchmark that started it.
 */
package io.quarkiverse.procdaemon.bench.process;
