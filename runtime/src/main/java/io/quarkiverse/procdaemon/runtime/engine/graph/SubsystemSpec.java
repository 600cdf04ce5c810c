package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.List;
import java.util.Objects;

/**
 * The child specification of a subsystem: all the engine needs to run it.
 *
 * @param name unique in the daemon
 * @param dependsOn names of what must be RUNNING while this runs
 * @param behavior its code
 * @param settings the rules it runs under
 */
public record SubsystemSpec(String name, List<String> dependsOn, Behavior behavior, SubsystemSettings settings) {

    /** Checks that nothing is null; a dependency named twice counts once. */
    public SubsystemSpec {
        Objects.requireNonNull(name, "name");
        dependsOn = dependsOn.size() < 2 ? List.copyOf(dependsOn) : dependsOn.stream().distinct().toList();
        Objects.requireNonNull(behavior, "behavior");
        Objects.requireNonNull(settings, "settings");
    }
}
