/**
 * The report of a shutdown as a file, so that the next process knows how this one ended.
 * <p>
 * Promises: a file that cannot be read or written is said in the log and changes nothing else; a reader never sees half a
 * report. May import: the JDK, the public API, the engine's {@code listen} and {@code foreign}, jboss-logging.
 */
package io.quarkiverse.procdaemon.runtime.report;
