/**
 * All subsystems at once: the start, which is a success when all critical ones have been RUNNING, the asking about a change
 * of the configuration, and the stop against one deadline.
 * <p>
 * Promises: a start succeeds, or fails once, with the subsystem that is to blame, and whoever is told stops what has started; a
 * stop interrupts at the graceful time-out and abandons at the force time-out whatever still runs. When it begins, and what
 * follows if even that does not help, is for {@code shutdown} to say. May import: the JDK, the public API, {@code graph},
 * {@code time}, {@code thread}, {@code lifecycle}, {@code supervision}, jboss-logging.
 */
package io.quarkiverse.procdaemon.runtime.engine.sequence;
