/**
 * The process's signals as commands to the daemon.
 * <p>
 * Promises: a handler only enqueues, nothing of the daemon or of user code runs on a signal's thread; what the JVM refuses is
 * said once and left alone. May import: the JDK, the public API, the engine, {@code config}, jboss-logging.
 */
package io.quarkiverse.procdaemon.runtime.signal;
