/**
 * The one process of the daemon: the lock that keeps a second one away, and the file with its process ID.
 * <p>
 * Promises: the lock file is opened once in a process, and never read by the one that holds the lock, since closing any other
 * channel to it would release the lock; no file that others wrote is overwritten. May import: the JDK, the public API, the
 * engine's interface for services, {@code engine.foreign}, jboss-logging.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.process;

import org.jspecify.annotations.NullMarked;
