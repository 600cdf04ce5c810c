package io.quarkiverse.procdaemon;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An immutable snapshot of a subsystem, consistent in itself.
 *
 * @param name its name
 * @param state its state
 * @param generation the number of its current or last run, 0 before the first
 * @param since when it entered {@code state}
 * @param restarts the number of restarts after a failure or a normal return
 * @param failures the number of failures
 * @param lastFailure the last failure, also after a recovery
 * @param dependsOn its direct dependencies, in the order declared
 * @param dependents its direct dependents, in start order
 * @param waitingFor while WAITING: the dependencies that are not RUNNING
 * @param restart the current restart policy
 * @param critical whether the daemon cannot do without it
 * @param healthy the last result of its {@link Healthy} method; true if it has none
 * @param inFlight the amount of work in flight that a stop or a drain waits for, a call of a body with {@code every} included
 * @param reason while WAITING, RESTARTING or FAILED: why it is not running, in words; during an outage: what is unavailable,
 *        also
 *        while it is RUNNING and has yet to show that it is over
 * @param restartsLeft the number of restarts that {@code subsystem.restart.max-restarts} still allows before it fails
 *        permanently: the smaller of those left in the window and those left in a row; 0 while it is FAILED; empty if there is
 *        no limit
 * @param nextAttempt the time of the next start while RESTARTING; otherwise empty
 */
public record SubsystemInfo(String name, SubsystemState state, long generation, Instant since, int restarts, int failures,
        Optional<Failure> lastFailure, List<String> dependsOn, List<String> dependents, List<String> waitingFor,
        RestartPolicy restart, boolean critical, boolean healthy, int inFlight,
        Optional<String> reason, OptionalInt restartsLeft, Optional<Instant> nextAttempt) {
}
