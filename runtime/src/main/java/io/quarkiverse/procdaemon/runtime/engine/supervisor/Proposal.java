package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.function.Predicate;

import io.quarkiverse.procdaemon.ConfigChange;

/**
 * A change of the configuration that subsystems are asked about.
 *
 * @param affected whom to ask, by name; called on the event loop
 * @param patience how long each may take to answer, and to undo
 * @param change what is proposed
 * @param inverse the same turned round, for those who have agreed to what does not come
 * @param commit makes it so; called on the event loop when all have agreed, so that no subsystem can begin between their
 *        consent
 *        and the change; must be quick and must not block; its failure counts as a veto
 */
public record Proposal(Predicate<String> affected, Duration patience, ConfigChange change, ConfigChange inverse,
        Runnable commit) {
}
