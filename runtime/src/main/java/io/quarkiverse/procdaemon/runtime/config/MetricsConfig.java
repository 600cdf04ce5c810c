package io.quarkiverse.procdaemon.runtime.config;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** How many series the meters have. Read at the start; without a Micrometer registry there are none. */
@ConfigGroup
public interface MetricsConfig {

    /** Which subsystems have meters of their own. */
    enum PerSubsystem {
        /** Every subsystem. */
        ALL,
        /** The critical subsystems. */
        CRITICAL,
        /** No subsystem. */
        NONE
    }

    /** What shows the state of a subsystem. */
    enum StateGauge {
        /** One series for each state, with 1 for the current one. */
        SERIES,
        /** One series with the number of the state. */
        NUMBER
    }

    /**
     * The subsystems that have meters of their own, tagged {@code subsystem}. {@code all}: every one; {@code critical}: those
     * that are critical when they are registered; {@code none}: no subsystem. The meters {@code proc.daemon.subsystems.*},
     * which are about all subsystems together, are always there.
     */
    @WithDefault("all")
    PerSubsystem perSubsystem();

    /**
     * How the state of a subsystem is shown. {@code series}: by {@code proc.daemon.subsystem.state}, which has a series for
     * each of the eight states, 1 for the current one and 0 for the others; {@code number}: by
     * {@code proc.daemon.subsystem.state.number}, one series with the number of the state: 0 REGISTERED, 1 WAITING, 2 STARTING,
     * 3 RUNNING, 4 STOPPING, 5 STOPPED, 6 RESTARTING, 7 FAILED.
     */
    @WithDefault("series")
    StateGauge state();
}
