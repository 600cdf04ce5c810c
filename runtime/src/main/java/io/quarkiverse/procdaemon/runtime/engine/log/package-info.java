/**
 * The fields of log lines that concern a subsystem, in the MDC of the logging library.
 * <p>
 * Promises: what a thread had in these fields before is there again afterwards; the fields of a run are those of the thread
 * that
 * got them, and not of threads that it makes. May import: the JDK, the public API, jboss-logging.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.engine.log;

import org.jspecify.annotations.NullMarked;
