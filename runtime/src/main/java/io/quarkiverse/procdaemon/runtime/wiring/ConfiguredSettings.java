package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
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
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig.HealthConfig.OnUnhealthy;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig.RestartConfig.OnExhausted;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;

/**
 * The settings in a configuration: what is set for a subsystem by name, else for all, else declared, else the default.
 * <p>
 * An environment variable does not keep the case and punctuation of the name in it: {@code …SUBSYSTEM__LINE_INGEST__…} arrives
 * as
 * {@code line.ingest} and still means {@code line-ingest}, unless there is a subsystem of that very name.
 */
final class ConfiguredSettings {

    private final DaemonConfig config;
    private final Collection<String> names;
    /** The settings of all subsystems that have no section of their own. */
    private final Map<Declared, SubsystemSettings> common = new ConcurrentHashMap<>();

    private record Declared(RestartPolicy policy, boolean critical) {
    }

    /** @param names the names of all subsystems */
    ConfiguredSettings(DaemonConfig config, Collection<String> names) {
        this.config = config;
        this.names = names;
    }

    /** The timeouts of a shutdown. */
    ShutdownTimeouts shutdown() {
        DaemonConfig.ShutdownConfig shutdown = config.shutdown();
        return new ShutdownTimeouts(shutdown.gracefulTimeout(), shutdown.forceTimeout(), shutdown.killTimeout());
    }

    /** Whether a subsystem is to be started. */
    boolean enabled(String name) {
        return first(sections(name).values(), SubsystemConfig::enabled).orElse(true);
    }

    /** The stop timeout of a subsystem, if one is set for it or for all. */
    Optional<Duration> stopTimeout(String name) {
        return first(sections(name).values(), SubsystemConfig::stopTimeout);
    }

    /** What is set for a subsystem, with the name of the section in which it is set. */
    <T> Optional<Map.Entry<String, T>> find(String name, Function<SubsystemConfig, Optional<T>> setting) {
        for (Map.Entry<String, SubsystemConfig> section : sections(name).entrySet()) {
            Optional<T> set = setting.apply(section.getValue());
            if (set.isPresent()) {
                return Optional.of(Map.entry(section.getKey(), set.get()));
            }
        }
        return Optional.empty();
    }

    /** Whether a section is about a subsystem of this application, or about all. */
    boolean isKnown(String section) {
        return section.equals(DaemonConfig.EVERY) || names.contains(section)
                || names.stream().anyMatch(name -> isOtherSpelling(section, name));
    }

    /** The sections that apply to a subsystem, the most specific one first. */
    private Map<String, SubsystemConfig> sections(String name) {
        Map<String, SubsystemConfig> all = config.subsystems();
        Map<String, SubsystemConfig> found = new LinkedHashMap<>();
        if (all.containsKey(name)) {
            found.put(name, all.get(name));
        }
        all.forEach((section, settings) -> {
            if (isOtherSpelling(section, name)) {
                found.put(section, settings);
            }
        });
        found.put(DaemonConfig.EVERY, all.get(DaemonConfig.EVERY));
        return found;
    }

    private boolean isOtherSpelling(String section, String name) {
        return !names.contains(section) && spelling(section).equals(spelling(name));
    }

    private static String spelling(String name) {
        return name.replaceAll("[^A-Za-z0-9]", ".").toLowerCase(Locale.ROOT);
    }

    /** The settings of a subsystem; where nothing is configured, its declaration counts. */
    SubsystemSettings of(String name, RestartPolicy policy, boolean declaredCritical) {
        Collection<SubsystemConfig> own = sections(name).values();
        return own.size() > 1 ? read(own, policy, declaredCritical)
                : common.computeIfAbsent(new Declared(policy, declaredCritical),
                        declared -> read(own, policy, declaredCritical));
    }

    private SubsystemSettings read(Collection<SubsystemConfig> own, RestartPolicy policy, boolean declaredCritical) {
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

    private RestartSettings restart(Collection<SubsystemConfig> own, RestartPolicy policy, boolean critical) {
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

    private HealthSettings health(Collection<SubsystemConfig> own, HealthSettings otherwise) {
        return new HealthSettings(
                first(own, subsystem -> subsystem.health().interval()).orElse(otherwise.interval()),
                first(own, subsystem -> subsystem.health().timeout()).orElse(otherwise.timeout()),
                first(own, subsystem -> boxed(subsystem.health().failures())).orElse(otherwise.failures()),
                first(own, subsystem -> subsystem.health().action()).orElse(OnUnhealthy.REPORT) == OnUnhealthy.RESTART);
    }

    private static Optional<Integer> boxed(OptionalInt value) {
        return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
    }

    private static Optional<Double> boxed(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    private static <T> Optional<T> first(Collection<SubsystemConfig> own, Function<SubsystemConfig, Optional<T>> value) {
        for (SubsystemConfig section : own) {
            Optional<T> set = value.apply(section);
            if (set.isPresent()) {
                return set;
            }
        }
        return Optional.empty();
    }
}
