package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The child specification of a subsystem: all the engine needs to run it.
 *
 * @param name unique in the daemon
 * @param dependsOn names of what must be RUNNING while this runs
 * @param behavior its code
 * @param source the rules in force, whenever they are asked for; asked often, on any thread
 */
public record SubsystemSpec(String name, List<String> dependsOn, Behavior behavior, Supplier<SubsystemSettings> source) {

    /** Checks that nothing is null, and that there are rules; a dependency named twice counts once. */
    public SubsystemSpec {
        Objects.requireNonNull(name, "name");
        dependsOn = dependsOn.size() < 2 ? List.copyOf(dependsOn) : List.copyOf(new LinkedHashSet<>(dependsOn));
        Objects.requireNonNull(behavior, "behavior");
        Objects.requireNonNull(source.get(), "settings");
    }

    /** With rules that never change. */
    public SubsystemSpec(String name, List<String> dependsOn, Behavior behavior, SubsystemSettings settings) {
        this(name, dependsOn, behavior, () -> settings);
    }

    /** The rules in force now. Whoever decides by more than one of them asks once, so that all are of one moment. */
    public SubsystemSettings settings() {
        return source.get();
    }
}
