/**
 * Runs sections of benchmarks one after the other and gathers what they say in one document. It knows no benchmark: what
 * is run, how often and on what JVM is for its user to say.
 */
package io.quarkiverse.procdaemon.bench.run;
