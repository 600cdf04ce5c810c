package io.quarkiverse.procdaemon;

import java.util.List;
import java.util.Set;

import io.quarkiverse.procdaemon.event.ConfigProblem;

/**
 * The result of a reload. It never contains the value of a secret key.
 *
 * @param status whether the new configuration was applied
 * @param epoch the epoch of the active configuration, see {@link LiveConfig#epoch()}
 * @param changed the keys that differ from the previous configuration; empty if the new one was rejected before the comparison
 * @param requiresRestart those of them whose new values require a restart of the process: only a start reads them, and it has
 *        started with other values
 * @param problems why the new configuration was rejected; empty if it was not
 * @param restarted the subsystems that are restarted because of {@link Subsystem#restartOn()}, with their dependents, in start
 *        order; this result does not wait for their restarts
 * @param pendingRestart all keys whose active values require a restart of the process, also if earlier reloads changed them;
 *        a key that is reverted to the value of the start is no longer among them
 */
public record ReloadResult(Status status, long epoch, Set<String> changed, Set<String> requiresRestart,
        List<ConfigProblem> problems, List<String> restarted, Set<String> pendingRestart) {

    /** Without restarts of subsystems; pending is what requires a restart. */
    public ReloadResult(Status status, long epoch, Set<String> changed, Set<String> requiresRestart,
            List<ConfigProblem> problems) {
        this(status, epoch, changed, requiresRestart, problems, List.of(), requiresRestart);
    }

    /** Pending is what requires a restart. */
    public ReloadResult(Status status, long epoch, Set<String> changed, Set<String> requiresRestart,
            List<ConfigProblem> problems, List<String> restarted) {
        this(status, epoch, changed, requiresRestart, problems, restarted, requiresRestart);
    }

    /** Takes copies. */
    public ReloadResult {
        changed = Set.copyOf(changed);
        requiresRestart = Set.copyOf(requiresRestart);
        problems = List.copyOf(problems);
        restarted = List.copyOf(restarted);
        pendingRestart = Set.copyOf(pendingRestart);
    }

    /** The outcome of a reload. */
    public enum Status {
        /** The new configuration is active. */
        APPLIED,
        /** No value has changed. */
        UNCHANGED,
        /** The new configuration has problems; the previous one stays active. */
        REJECTED
    }
}
