package io.quarkiverse.procdaemon;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a subsystem at one moment; a snapshot that does not change.
 *
 * @param name its name
 * @param state where it is in its life
 * @param generation the number of its current or last run, 0 before the first
 * @param since when it entered {@code state}
 * @param restarts how often it was started again after a failure or a return
 * @param failures how often it failed
 * @param lastFailure the last failure, kept after a recovery
 * @param dependsOn what it depends on directly, in the order declared
 * @param dependents what depends on it directly, in start order
 * @param waitingFor while WAITING: the dependencies that are not RUNNING
 * @param restart the restart policy in force
 * @param critical whether the daemon is useless without it
 * @param healthy the last answer of its {@link Healthy} method; true where it has none
 * @param inFlight pieces of work under way that stopping waits for
 * @param reason while WAITING, RESTARTING or FAILED: why it does not run, in words
 * @param restartsLeft how many restarts {@code subsystem.restart.max-restarts} still allows before it has failed for good: the
 *        smaller of what is left in the window and what is left in a row; 0 while it is FAILED; empty if there is no limit
 * @param nextAttempt while RESTARTING: when it is started again; else empty
 */
public record SubsystemInfo(String name, SubsystemState state, long generation, Instant since, int restarts, int failures,
        Optional<Failure> lastFailure, List<String> dependsOn, List<String> dependents, List<String> waitingFor,
        RestartPolicy restart, boolean critical, boolean healthy, int inFlight,
        Optional<String> reason, OptionalInt restartsLeft, Optional<Instant> nextAttempt) {
}
