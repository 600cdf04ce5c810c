/**
 * Time as an interface, so that no engine test sleeps: a clock, timers, and one deadline for several waits.
 * <p>
 * Promises: except for bounded waits of real threads nothing else in the engine reads the system clock; durations of any length
 * are safe. May import: the JDK.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.engine.time;

import org.jspecify.annotations.NullMarked;
