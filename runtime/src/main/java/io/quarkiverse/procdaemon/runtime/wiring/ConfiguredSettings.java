package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.config.ResourcesConfig;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig.Dependents;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig.HealthConfig.OnUnhealthy;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig.RestartConfig.OnExhausted;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig.RestartConfig.OutagesAtStart;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.OutageSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.rules.IntervalExpression;
import io.smallrye.config.SmallRyeConfig;

/**
 * The settings in a configuration: what is set for a subsystem by name, else for all, else declared, else the default.
 * <p>
 * An environment variable does not keep the case and punctuation of the name in it: {@code …SUBSYSTEM__LINE_INGEST__…} arrives
 * as {@code line.ingest} and still means {@code line-ingest}, unless there is a subsystem of that very name.
 */
final class ConfiguredSettings {

    private final SmallRyeConfig read;
    private final DaemonConfig config;
    private final Collection<String> names;
    /** Of all those that have no section of their own, by what they declare; immutable, so safe to publish by a race. */
    private final SubsystemSettings[] common = new SubsystemSettings[2 * RestartPolicy.values().length];

    /** @param names the names of all subsystems */
    ConfiguredSettings(SmallRyeConfig read, Collection<String> names) {
        this.read = read;
        // By its prefix: without it the JVM reads the annotations of the interface.
        this.config = read.getConfigMapping(DaemonConfig.class, DaemonConfig.PREFIX);
        this.names = names;
    }

    /** The configuration that they are read from. */
    SmallRyeConfig read() {
        return read;
    }

    /** The timeouts of a shutdown. */
    ShutdownTimeouts shutdown() {
        DaemonConfig.ShutdownConfig shutdown = config.shutdown();
        return new ShutdownTimeouts(shutdown.gracefulTimeout(), shutdown.forceTimeout(), shutdown.killTimeout());
    }

    /** Samples and soft limits of what the process uses. */
    ResourcesConfig resources() {
        return config.resources();
    }

    /**
     * The time between two calls; null if there are to be none.
     *
     * @throws IllegalArgumentException if there is no valid value; says what to do
     */
    @Nullable
    Duration interval(IntervalExpression expression) {
        return expression.in(read);
    }

    /** Whether a subsystem is to be started. */
    boolean enabled(String name) {
        for (SubsystemConfig section : sections(name).values()) {
            if (section.enabled().isPresent()) {
                return section.enabled().get();
            }
        }
        return true;
    }

    /** The stop timeout of a subsystem, if one is set for it or for all. */
    Optional<Duration> stopTimeout(String name) {
        for (SubsystemConfig section : sections(name).values()) {
            if (section.stopTimeout().isPresent()) {
                return section.stopTimeout();
            }
        }
        return Optional.empty();
    }

    /** Whether a section is about a subsystem of this application, or about all. */
    boolean isKnown(String section) {
        if (section.equals(DaemonConfig.EVERY) || names.contains(section)) {
            return true;
        }
        for (String name : names) {
            if (isOtherSpelling(section, name)) {
                return true;
            }
        }
        return false;
    }

    /** The sections that apply to a subsystem, the most specific one first. */
    Map<String, SubsystemConfig> sections(String name) {
        Map<String, SubsystemConfig> all = config.subsystems();
        Map<String, SubsystemConfig> found = new LinkedHashMap<>();
        if (all.containsKey(name)) {
            found.put(name, all.get(name));
        }
        // A loop, here and wherever every start passes: the JVM makes a class of each lambda, and more of a stream.
        for (Map.Entry<String, SubsystemConfig> section : all.entrySet()) {
            if (isOtherSpelling(section.getKey(), name)) {
                found.put(section.getKey(), section.getValue());
            }
        }
        found.put(DaemonConfig.EVERY, all.get(DaemonConfig.EVERY));
        return found;
    }

    private boolean isOtherSpelling(String section, String name) {
        return !section.equals(DaemonConfig.EVERY) && !names.contains(section) && spelling(section).equals(spelling(name));
    }

    private static String spelling(String name) {
        return name.replaceAll("[^A-Za-z0-9]", ".").toLowerCase(Locale.ROOT);
    }

    /** The settings of a subsystem; where nothing is configured, its declaration counts. */
    SubsystemSettings of(String name, RestartPolicy policy, boolean declaredCritical) {
        List<SubsystemConfig> own = new ArrayList<>(sections(name).values());
        if (own.size() > 1) {
            return read(own, policy, declaredCritical);
        }
        int declared = 2 * policy.ordinal() + (declaredCritical ? 1 : 0);
        SubsystemSettings settings = common[declared];
        if (settings == null) {
            settings = read(own, policy, declaredCritical);
            common[declared] = settings;
        }
        return settings;
    }

    private SubsystemSettings read(List<SubsystemConfig> own, RestartPolicy policy, boolean declaredCritical) {
        SubsystemSettings settings = SubsystemSettings.DEFAULT.withCritical(declaredCritical)
                .withStopTimeout(config.shutdown().gracefulTimeout());
        RestartSettings restart = RestartSettings.DEFAULT.withPolicy(policy);
        HealthSettings health = HealthSettings.DEFAULT;
        OnExhausted onExhausted = null;
        Collections.reverse(own);
        for (SubsystemConfig section : own) {
            settings = over(settings, section);
            restart = over(restart, section.restart());
            health = over(health, section.health());
            onExhausted = section.restart().onExhausted().orElse(onExhausted);
        }
        boolean shutdown = onExhausted == null ? settings.critical() : onExhausted == OnExhausted.SHUTDOWN;
        return new SubsystemSettings(settings.critical(), settings.startTimeout(), settings.stopTimeout(),
                settings.heartbeatTimeout(), settings.stopsDependents(), settings.thread(),
                restart.withShutdownWhenExhausted(shutdown), health);
    }

    private static SubsystemSettings over(SubsystemSettings otherwise, SubsystemConfig section) {
        return new SubsystemSettings(section.critical().orElse(otherwise.critical()),
                section.startTimeout().orElse(otherwise.startTimeout()),
                section.stopTimeout().orElse(otherwise.stopTimeout()),
                section.heartbeatTimeout().orElse(otherwise.heartbeatTimeout()),
                section.dependents().isPresent() ? section.dependents().get() == Dependents.RESTART
                        : otherwise.stopsDependents(),
                section.thread().orElse(otherwise.thread()), otherwise.restart(), otherwise.health());
    }

    private static RestartSettings over(RestartSettings otherwise, SubsystemConfig.RestartConfig section) {
        return new RestartSettings(section.policy().orElse(otherwise.policy()),
                section.initialDelay().orElse(otherwise.initialDelay()),
                section.maxDelay().orElse(otherwise.maxDelay()),
                section.multiplier().orElse(otherwise.multiplier()),
                section.jitter().orElse(otherwise.jitter()),
                section.maxRestarts().orElse(otherwise.maxRestarts()),
                section.window().orElse(otherwise.window()),
                section.stableAfter().orElse(otherwise.stableAfter()), otherwise.shutdownWhenExhausted(),
                over(otherwise.outages(), section));
    }

    private static OutageSettings over(OutageSettings otherwise, SubsystemConfig.RestartConfig section) {
        return new OutageSettings(section.outages().isPresent() ? new HashSet<>(section.outages().get()) : otherwise.types(),
                section.outagesAtStart().isPresent() ? section.outagesAtStart().get() == OutagesAtStart.WAIT
                        : otherwise.waitsAtStart());
    }

    private static HealthSettings over(HealthSettings otherwise, SubsystemConfig.HealthConfig section) {
        return new HealthSettings(section.interval().orElse(otherwise.interval()),
                section.timeout().orElse(otherwise.timeout()),
                section.failures().orElse(otherwise.failures()),
                section.action().isPresent() ? section.action().get() == OnUnhealthy.RESTART : otherwise.failsSubsystem(),
                section.group().isPresent() ? section.group().get().trim() : otherwise.group());
    }
}
