/**
 * The life of one subsystem: its state machine, and its runs.
 * <p>
 * Promises: only legal transitions, each exactly one event; a run is a {@link
 * io.quarkiverse.procdaemon.runtime.engine.run.Generation} with a number, a handle and threads of its own, so nothing of
 * an older run is mistaken for the current one. Everything here but {@code Handle} and {@code Lifecycle.status()} is written by
 * one thread at a time: the one that drains the supervisor's loop. May import: the JDK, the public API, {@code graph},
 * {@code time}, {@code thread}, {@code listen}, jboss-logging.
 */
package io.quarkiverse.procdaemon.runtime.engine.run;
