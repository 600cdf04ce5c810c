/**
 * The supervisor: decides when each subsystem starts and stops, along the graph.
 * <p>
 * Promises: one writer. Commands, ends of phases and time-outs are messages to one mailbox, handled one after the other by
 * whichever thread finds it idle; no subsystem runs above a dependency that does not; each message costs what it changes,
 * never a walk over all subsystems. May import: the JDK, the public API, {@code graph}, {@code time}, {@code thread},
 * {@code lifecycle}, jboss-logging.
 */
package io.quarkiverse.procdaemon.runtime.engine.supervision;
