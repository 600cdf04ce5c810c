/**
 * The end of the daemon: one request, one deadline, and a report of how everything ended.
 * <p>
 * Promises: the first request fixes reason and exit code, however many follow; from then on the end comes by the kill timeout,
 * whatever subsystems, listeners, the log or the application do, also without free memory; in a process that is not to be
 * halted the subsystems are abandoned then instead. There is one report, complete also after a kill, and it is on its way to
 * the listeners before anybody who waits for the end goes on. A signal's thread only posts. What only a shutdown runs has
 * named classes, which are loaded before. May import: the JDK, the public API, {@code time}, {@code loop}, {@code foreign},
 * {@code events}, {@code run}, {@code supervisor}, jboss-logging.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import org.jspecify.annotations.NullMarked;
