/**
 * The signals of the process as commands to the daemon.
 * <p>
 * Promises: a handler only enqueues; neither the daemon nor user code runs on the thread of a signal. A signal that the JVM
 * refuses is logged once and left to it. May import: the JDK, the public API, the engine, {@code config}, jboss-logging, the
 * configuration and launch mode of Quarkus.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.signal;

import org.jspecify.annotations.NullMarked;
