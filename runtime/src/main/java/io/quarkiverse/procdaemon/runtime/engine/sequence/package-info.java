/**
 * All subsystems at once: the start that is whole or rolled back, and the stop against one deadline.
 * <p>
 * Promises: a start ends with every critical subsystem RUNNING or with none active; a stop ends by the kill time-out, whatever
 * subsystems do. May import: the JDK, the public API, {@code graph}, {@code time}, {@code thread}, {@code lifecycle},
 * {@code supervision}, jboss-logging.
 */
package io.quarkiverse.procdaemon.runtime.engine.sequence;
