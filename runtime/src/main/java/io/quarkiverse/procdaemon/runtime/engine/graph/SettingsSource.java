package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.function.Supplier;

import io.quarkiverse.procdaemon.RestartPolicy;

/** The source of settings for a subsystem that is registered through the API. */
@FunctionalInterface
public interface SettingsSource {

    /**
     * The settings of one subsystem. The supplier is called whenever they are needed, on any thread, and returns the current
     * ones.
     *
     * @param name the subsystem's name
     * @param restart the declared restart policy, which applies unless configured otherwise
     * @param critical whether it is declared critical, which applies unless configured otherwise
     */
    Supplier<SubsystemSettings> of(String name, RestartPolicy restart, boolean critical);

    /**
     * The time between two calls of a body.
     *
     * @param every as in {@link io.quarkiverse.procdaemon.Run#every()}
     * @throws IllegalArgumentException if it is malformed or refers to a key that has no value
     */
    default Behavior.Interval interval(String every) {
        throw new IllegalArgumentException("there is no configuration to find '" + every + "' in");
    }
}
