package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;

/**
 * The current settings of one subsystem, computed once for each configuration. Thread-safe without a lock: several threads may
 * compute the same immutable value.
 */
final class CurrentSettings implements Supplier<SubsystemSettings> {

    private final Supplier<ConfiguredSettings> configured;
    private final String subsystem;
    private final RestartPolicy restart;
    private final boolean critical;
    private @Nullable Computed last;

    private record Computed(ConfiguredSettings configured, SubsystemSettings settings) {
    }

    /**
     * @param configured the current configuration
     * @param restart the declared policy
     * @param critical whether it is declared critical
     */
    CurrentSettings(Supplier<ConfiguredSettings> configured, String subsystem, RestartPolicy restart, boolean critical) {
        this.configured = configured;
        this.subsystem = subsystem;
        this.restart = restart;
        this.critical = critical;
    }

    @Override
    public SubsystemSettings get() {
        ConfiguredSettings now = configured.get();
        Computed computed = last;
        if (computed == null || computed.configured != now) {
            computed = new Computed(now, now.of(subsystem, restart, critical));
            last = computed;
        }
        return computed.settings;
    }
}
