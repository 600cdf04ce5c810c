package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.function.Supplier;

import io.quarkiverse.procdaemon.RestartPolicy;

/** Where the rules come from for a subsystem that is registered by hand. */
@FunctionalInterface
public interface SettingsSource {

    /**
     * The rules of one subsystem: the supplier is asked whenever they are needed, on any thread, and says which are in force.
     *
     * @param name the subsystem's name
     * @param restart the restart policy it was declared with, in force unless configured otherwise
     * @param critical what it was declared as, in force unless configured otherwise
     */
    Supplier<SubsystemSettings> of(String name, RestartPolicy restart, boolean critical);
}
