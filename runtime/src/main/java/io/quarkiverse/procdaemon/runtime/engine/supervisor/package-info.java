/**
 * The supervisor: decides when each subsystem starts, stops and comes back, along the graph.
 * <p>
 * {@code Supervisor.on} handles one message; {@code nextOutcome} works off what follows. The parts that decide are called by it
 * and know nothing of it: {@code DependencyScheduler} (who may start, who may stop), {@code RestartDecision} (what follows a
 * run), {@code StopEscalation} (interrupt, then abandon), {@code StartGate} (which critical subsystems the start waits for),
 * {@code DesiredState} (which are wanted), {@code ReloadVote} (who has agreed to a change). {@code RunDriver} takes a run from
 * phase to phase, {@code AfterRun} applies the decision, {@code CommandDesk} answers the API.
 * <p>
 * Promises: one writer; no subsystem runs above a dependency that does not; never two runs of one subsystem; budget and
 * back-off as configured; each message costs what it changes, never a walk over all subsystems. Code of users never runs on
 * the event loop. May import: the JDK, the public API, {@code graph}, {@code time}, {@code loop}, {@code foreign},
 * {@code log}, {@code run}, the {@code EventSink} of {@code events}, jboss-logging.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import org.jspecify.annotations.NullMarked;
