/**
 * One run of a subsystem, a generation: its context, its threads, what looks after it, and the messages that report on it.
 * <p>
 * Promises: a run has a number, a context and threads of its own, so nothing of an older run is mistaken for the current one;
 * what it reports is a {@code Message}, handled on the event loop; code of users is interrupted and cancelled on threads made
 * for that. May import: the JDK, the public API, {@code graph}, {@code time}, {@code loop}, {@code foreign}, {@code log},
 * jboss-logging.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.engine.run;

import org.jspecify.annotations.NullMarked;
