/**
 * The report of a shutdown as a file, so that the next process knows how this one ended.
 * <p>
 * Promises: a file that cannot be read or written leads to a line in the log and nothing else; a reader never sees half a
 * report. May import: the JDK, the public API, the engine's {@code events} and {@code foreign}, jboss-logging.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.report;

import org.jspecify.annotations.NullMarked;
