/**
 * Time as an interface, so that no engine test sleeps: what time it is, waking up later, and one deadline for many waits.
 * <p>
 * Promises: nothing else in the engine asks the system for the time; no duration is too long or too short for anything here.
 * May
 * import: the JDK, jboss-logging.
 */
package io.quarkiverse.procdaemon.runtime.engine.time;
