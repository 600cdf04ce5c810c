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
 * @param requiresRestart those of them whose new values require a restart
 * @param problems why the new configuration was rejected; empty if it was not
 * @param restarted the subsystems that are restarted because of {@link Subsystem#restartOn()}, with their dependents, in start
 *        order; this result does not wait for their restarts
 */
public record ReloadResult(Status status, long epoch, Set<String> changed, Set<String> requiresRestart,
        List<ConfigProblem> problems, List<String> restarted) {

    /** Without restarts. */
    public ReloadResult(Status status, long epoch, Set<String> changed, Set<String> requiresRestart,
            List<ConfigProblem> problems) {
        this(status, epoch, changed, requiresRestart, problems, List.of());
    }

    /** Takes copies. */
    public ReloadResult {
        changed = Set.copyOf(changed);
        requiresRestart = Set.copyOf(requiresRestart);
        problems = List.copyOf(problems);
        restarted = List.copyOf(restarted);
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
