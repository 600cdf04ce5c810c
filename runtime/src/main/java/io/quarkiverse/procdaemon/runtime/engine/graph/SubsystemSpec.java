package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The child specification of a subsystem: everything that the engine needs to run it.
 *
 * @param name its name, unique in the daemon
 * @param dependsOn the names of its dependencies
 * @param behavior its code
 * @param source its current settings; called often, on any thread
 * @param restartOn prefixes of the configuration keys whose change restarts it
 */
public record SubsystemSpec(String name, List<String> dependsOn, Behavior behavior, Supplier<SubsystemSettings> source,
        List<String> restartOn) {

    private static final Pattern LEGAL_NAME = Pattern.compile("[A-Za-z0-9._-]+");

    /** Checks that nothing is null, and that there are settings; a dependency named twice counts once. */
    public SubsystemSpec {
        Objects.requireNonNull(name, "name");
        dependsOn = dependsOn.size() < 2 ? List.copyOf(dependsOn) : List.copyOf(new LinkedHashSet<>(dependsOn));
        Objects.requireNonNull(behavior, "behavior");
        Objects.requireNonNull(source.get(), "settings");
        restartOn = List.copyOf(restartOn);
    }

    /** One that a reload does not restart. */
    public SubsystemSpec(String name, List<String> dependsOn, Behavior behavior, Supplier<SubsystemSettings> source) {
        this(name, dependsOn, behavior, source, List.of());
    }

    /** With settings that never change. */
    public SubsystemSpec(String name, List<String> dependsOn, Behavior behavior, SubsystemSettings settings) {
        this(name, dependsOn, behavior, () -> settings);
    }

    /** The current settings. For decisions that depend on several of them call this once, so that they are consistent. */
    public SubsystemSettings settings() {
        return source.get();
    }

    /** Whether a name consists of at least one letter, digit, {@code -}, {@code _} or {@code .} and nothing else. */
    public static boolean isLegalName(String name) {
        return LEGAL_NAME.matcher(name).matches();
    }
}
