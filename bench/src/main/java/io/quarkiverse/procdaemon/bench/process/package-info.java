/** Whole processes, as their user sees them. They are run by turns, in the JVM of the launcher, which measures from outside. */
package io.quarkiverse.procdaemon.bench.process;
