package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.function.Supplier;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;

/**
 * The rules of one subsystem, read once for each configuration. Any thread may ask; several may read the same for want of a
 * lock, and what they keep is immutable, so it is safe to publish by a race.
 */
final class SettingsInForce implements Supplier<SubsystemSettings> {

    private final Supplier<ConfiguredSettings> configured;
    private final String subsystem;
    private final RestartPolicy restart;
    private final boolean critical;
    private Reading last;

    private record Reading(ConfiguredSettings configured, SubsystemSettings settings) {
    }

    /**
     * @param configured what is configured now
     * @param restart the declared policy
     * @param critical whether it was declared so
     */
    SettingsInForce(Supplier<ConfiguredSettings> configured, String subsystem, RestartPolicy restart, boolean critical) {
        this.configured = configured;
        this.subsystem = subsystem;
        this.restart = restart;
        this.critical = critical;
    }

    @Override
    public SubsystemSettings get() {
        ConfiguredSettings now = configured.get();
        Reading reading = last;
        if (reading == null || reading.configured != now) {
            reading = new Reading(now, now.of(subsystem, restart, critical));
            last = reading;
        }
        return reading.settings;
    }
}
