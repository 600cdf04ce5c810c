/**
 * Time as an interface, so that no engine test sleeps: a clock, timers, and one deadline for several waits.
 * <p>
 * Promises: nothing else in the engine reads the system clock; durations of any length are safe. May import: the JDK,
 * jboss-logging.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.engine.time;

import org.jspecify.annotations.NullMarked;
