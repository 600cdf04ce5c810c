/**
 * The {@code @Scheduled} methods of subsystems.
 * <p>
 * Promises: such a method fires only while its subsystem takes work, counts as work in flight while it runs, and if it throws,
 * the run of the subsystem it fired in has failed. Runs on the scheduler's threads, has none of its own and never blocks them.
 * Loaded only if the Scheduler extension is there. May import: the JDK, CDI, the public API, {@code engine}, quarkus-scheduler,
 * Mutiny.
 */
package io.quarkiverse.procdaemon.runtime.schedule;
