/**
 * Where the code of subsystems runs: one thread for each call, virtual where the JVM has virtual threads; only health checks
 * share a few platform threads.
 * <p>
 * Promises: no pool here, hence no stale interrupt and no thread that does nothing. May import: the JDK and the public API.
 */
package io.quarkiverse.procdaemon.runtime.engine.thread;
