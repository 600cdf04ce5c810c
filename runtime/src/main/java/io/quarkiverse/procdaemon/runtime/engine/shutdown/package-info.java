/**
 * The end of the daemon: one cause, one deadline, and a report of how everything ended.
 * <p>
 * Promises: the first cause fixes reason and exit code, whoever gives it and however many follow; from it on the end comes by
 * the kill time-out, whatever subsystems, listeners, the log or the application do, also where there is no memory left; a
 * process that is not to be halted has its subsystems abandoned then instead. There is one report, complete also after a kill,
 * and it is on its way to the listeners before anybody who waits for the end goes on. Whoever gives a cause may be a signal's
 * thread: nothing is done there but to enqueue. May import: the JDK, the public API, {@code time}, {@code thread},
 * {@code listen}, {@code lifecycle}, {@code supervision}, {@code sequence}, jboss-logging.
 */
package io.quarkiverse.procdaemon.runtime.engine.shutdown;
