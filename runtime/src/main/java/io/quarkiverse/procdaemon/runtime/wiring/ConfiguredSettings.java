package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig.Dependents;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig.HealthConfig.Action;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig.RestartConfig.OnExhausted;
import io.quarkiverse.procdaemon.runtime.engine.graph.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;

/** The rules in force: what is set for a subsystem by name, else for all, else declared, else the default. */
final class ConfiguredSettings {

    private final DaemonConfig config;
    private final ConfigSections sections;
    /** The rules of all those that have no section of their own. */
    private final Map<Declared, SubsystemSettings> common = new ConcurrentHashMap<>();

    private record Declared(RestartPolicy policy, boolean critical) {
    }

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
        return first(sections.of(name), SubsystemConfig::enabled).orElse(true);
    }

    /** The stop time-out of a subsystem, if one is set for it or for all. */
    Optional<Duration> stopTimeout(String name) {
        return first(sections.of(name), SubsystemConfig::stopTimeout);
    }

    /** The rules of a subsystem; what its declaration says counts where nothing is configured. */
    SubsystemSettings of(String name, RestartPolicy policy, boolean declaredCritical) {
        List<SubsystemConfig> own = sections.of(name);
        return own.size() > 1 ? read(own, policy, declaredCritical)
                : common.computeIfAbsent(new Declared(policy, declaredCritical),
                        declared -> read(own, policy, declaredCritical));
    }

    private SubsystemSettings read(List<SubsystemConfig> own, RestartPolicy policy, boolean declaredCritical) {
        SubsystemSettings otherwise = SubsystemSettings.DEFAULT;
        boolean critical = first(own, SubsystemConfig::critical).orElse(declaredCritical);
        return new SubsystemSettings(critical,
                first(own, SubsystemConfig::startTimeout).orElse(otherwise.startTimeout()),
                first(own, SubsystemConfig::stopTimeout).orElse(config.shutdown().gracefulTimeout()),
                first(own, SubsystemConfig::heartbeatTimeout).orElse(null),
                first(own, SubsystemConfig::dependents).orElse(Dependents.RESTART) == Dependents.RESTART,
                first(own, SubsystemConfig::thread).orElse(otherwise.thread()),
                restart(own, policy, critical), health(own, otherwise.health()));
    }

    private RestartSettings restart(List<SubsystemConfig> own, RestartPolicy policy, boolean critical) {
        RestartSettings otherwise = RestartSettings.DEFAULT;
        OnExhausted onExhausted = first(own, subsystem -> subsystem.restart().onExhausted())
                .orElse(critical ? OnExhausted.SHUTDOWN : OnExhausted.FAIL);
        return new RestartSettings(
                first(own, subsystem -> subsystem.restart().policy()).orElse(policy),
                first(own, subsystem -> subsystem.restart().initialDelay()).orElse(otherwise.initialDelay()),
                first(own, subsystem -> subsystem.restart().maxDelay()).orElse(otherwise.maxDelay()),
                first(own, subsystem -> boxed(subsystem.restart().multiplier())).orElse(otherwise.multiplier()),
                first(own, subsystem -> boxed(subsystem.restart().jitter())).orElse(otherwise.jitter()),
                first(own, subsystem -> boxed(subsystem.restart().maxRestarts())).orElse(otherwise.maxRestarts()),
                first(own, subsystem -> subsystem.restart().window()).orElse(otherwise.window()),
                first(own, subsystem -> subsystem.restart().stableAfter()).orElse(otherwise.stableAfter()),
                onExhausted == OnExhausted.SHUTDOWN);
    }

    private HealthSettings health(List<SubsystemConfig> own, HealthSettings otherwise) {
        return new HealthSettings(
                first(own, subsystem -> subsystem.health().interval()).orElse(otherwise.interval()),
                first(own, subsystem -> subsystem.health().timeout()).orElse(otherwise.timeout()),
                first(own, subsystem -> boxed(subsystem.health().failures())).orElse(otherwise.failures()),
                first(own, subsystem -> subsystem.health().action()).orElse(Action.REPORT) == Action.RESTART);
    }

    private static Optional<Integer> boxed(OptionalInt value) {
        return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
    }

    private static Optional<Double> boxed(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    private static <T> Optional<T> first(List<SubsystemConfig> own, Function<SubsystemConfig, Optional<T>> value) {
        for (SubsystemConfig section : own) {
            Optional<T> set = value.apply(section);
            if (set.isPresent()) {
                return set;
            }
        }
        return Optional.empty();
    }
}
