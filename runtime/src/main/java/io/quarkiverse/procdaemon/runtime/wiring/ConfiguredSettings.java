package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.sequence.ShutdownTimeouts;

/** The rules in force: what is set for a subsystem by name, else for all, else declared, else the default. */
final class ConfiguredSettings {

    private final DaemonConfig config;
    private final ConfigSections sections;

    ConfiguredSettings(DaemonConfig config, ConfigSections sections) {
        this.config = config;
        this.sections = sections;
    }

    /** The moments of a shutdown. */
    ShutdownTimeouts shutdown() {
        DaemonConfig.ShutdownConfig shutdown = config.shutdown();
        return new ShutdownTimeouts(shutdown.gracefulTimeout(), shutdown.forceTimeout(), shutdown.killTimeout());
    }

    /** Whether a subsystem is to be started. */
    boolean enabled(String name) {
        return first(name, SubsystemConfig::enabled).orElse(true);
    }

    /** The rules of a subsystem. */
    SubsystemSettings of(SubsystemDefinition definition) {
        String name = definition.name();
        SubsystemSettings otherwise = SubsystemSettings.DEFAULT;
        return new SubsystemSettings(
                first(name, subsystem -> subsystem.restart().policy()).orElse(definition.restart()),
                first(name, SubsystemConfig::critical).orElse(definition.critical()),
                first(name, SubsystemConfig::startTimeout).orElse(otherwise.startTimeout()),
                first(name, SubsystemConfig::stopTimeout).orElse(config.shutdown().gracefulTimeout()),
                first(name, SubsystemConfig::thread).orElse(otherwise.thread()),
                health(name, otherwise.health()));
    }

    private HealthSettings health(String name, HealthSettings otherwise) {
        Optional<Duration> interval = first(name, subsystem -> subsystem.health().interval());
        Optional<Duration> timeout = first(name, subsystem -> subsystem.health().timeout());
        Optional<Integer> failures = first(name, subsystem -> subsystem.health().failures().isPresent()
                ? Optional.of(subsystem.health().failures().getAsInt())
                : Optional.empty());
        return new HealthSettings(interval.orElse(otherwise.interval()), timeout.orElse(otherwise.timeout()),
                failures.orElse(otherwise.failures()));
    }

    private <T> Optional<T> first(String name, Function<SubsystemConfig, Optional<T>> value) {
        return sections.of(name).stream().map(value).flatMap(Optional::stream).findFirst();
    }
}
