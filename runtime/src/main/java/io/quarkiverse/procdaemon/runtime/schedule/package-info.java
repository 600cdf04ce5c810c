/**
 * The {@code @Scheduled} methods of subsystems.
 * <p>
 * Promises: such a method fires only while its subsystem takes work, and counts as work in flight; if it throws, the run in
 * which it fired has failed. Runs on the threads of the scheduler and never blocks them. Loaded only if the Scheduler
 * extension is present. May import: the JDK, CDI, the public API, {@code engine}, quarkus-scheduler, Mutiny.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.schedule;

import org.jspecify.annotations.NullMarked;
