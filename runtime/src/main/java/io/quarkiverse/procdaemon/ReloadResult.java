package io.quarkiverse.procdaemon;

import java.util.List;
import java.util.Set;

import io.quarkiverse.procdaemon.event.ConfigProblem;

/**
 * What became of a reload. No value of a secret key appears in it.
 *
 * @param status whether the configuration is another one now
 * @param epoch that of the configuration in force, see {@link LiveConfig#epoch()}
 * @param changed the keys that differ from the configuration before; empty if it was rejected before it could be compared
 * @param requiresRestart those of them that only a restart takes up
 * @param problems why it was rejected; empty unless it was
 */
public record ReloadResult(Status status, long epoch, Set<String> changed, Set<String> requiresRestart,
        List<ConfigProblem> problems) {

    /** Takes copies. */
    public ReloadResult {
        changed = Set.copyOf(changed);
        requiresRestart = Set.copyOf(requiresRestart);
        problems = List.copyOf(problems);
    }

    /** The end of a reload. */
    public enum Status {
        /** All of the new configuration is in force. */
        APPLIED,
        /** No key has another value. */
        UNCHANGED,
        /** Nothing has changed, because of the problems. */
        REJECTED
    }
}
