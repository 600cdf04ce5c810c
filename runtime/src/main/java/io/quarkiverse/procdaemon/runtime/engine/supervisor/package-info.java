/**
 * The supervisor: decides when each subsystem starts, stops and comes back, along the graph.
 * <p>
 * Four parts share the work: {@code Supervisor} knows which subsystems are wanted and what becomes of one that is down,
 * {@code Order} who may go when, {@code Runs} takes a run from phase to phase, {@code Recovery} says what follows a run; and
 * {@code Membership} lets subsystems come and go while others run.
 * <p>
 * Promises: one writer. Commands, ends of phases and time-outs are messages to one event loop, handled one after the
 * other on its thread; no subsystem runs above a dependency that does not; never two runs of one subsystem; budget
 * and back-off as configured; each message costs what it changes, never a walk over all subsystems. May import: the JDK, the
 * public API, {@code graph}, {@code time}, {@code thread}, {@code loop}, {@code lifecycle},
 * jboss-logging.
 */
package io.quarkiverse.procdaemon.runtime.engine.supervisor;
