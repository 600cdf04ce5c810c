package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig;
import io.quarkiverse.procdaemon.runtime.engine.graph.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.time.DurationText;
import io.quarkiverse.procdaemon.runtime.signal.SignalHandlers;

/** Finds all that is wrong with a configuration; each problem names the key and says how out. */
final class ConfigurationProblems {

    private static final String ROOT = "quarkus.proc-daemon.";
    private static final String GRACEFUL = ROOT + "shutdown.graceful-timeout";
    private static final String FORCE = ROOT + "shutdown.force-timeout";
    private static final String KILL = ROOT + "shutdown.kill-timeout";

    private static final Duration LONGEST = Duration.ofDays(10_000);

    private final DaemonConfig config;
    private final Map<String, SubsystemDefinition> definitions;
    private final ConfigSections sections;
    private final boolean hasVirtualThreads;
    private final List<String> problems = new ArrayList<>();

    private ConfigurationProblems(DaemonConfig config, List<SubsystemDefinition> definitions, boolean hasVirtualThreads) {
        this.config = config;
        this.definitions = definitions.stream().collect(Collectors.toMap(SubsystemDefinition::name, it -> it,
                (first, second) -> first, TreeMap::new));
        this.sections = new ConfigSections(config, this.definitions.keySet());
        this.hasVirtualThreads = hasVirtualThreads;
    }

    /** The problems, each a whole sentence; empty if there is none. */
    static List<String> of(DaemonConfig config, List<SubsystemDefinition> definitions, boolean hasVirtualThreads) {
        ConfigurationProblems check = new ConfigurationProblems(config, definitions, hasVirtualThreads);
        check.shutdown(config.shutdown());
        check.signals(config.signals().keySet());
        check.subsystem(ROOT + "subsystem.", check.sections.every());
        for (String name : new TreeSet<>(config.subsystems().keySet())) {
            if (!name.equals(DaemonConfig.EVERY)) {
                check.named(name);
            }
        }
        check.delaysInOrder();
        check.disabledDependencies();
        return check.problems;
    }

    private void shutdown(DaemonConfig.ShutdownConfig shutdown) {
        positive(GRACEFUL, Optional.of(shutdown.gracefulTimeout()));
        notEndless(KILL, Optional.of(shutdown.killTimeout()));
        inOrder(GRACEFUL, shutdown.gracefulTimeout(), FORCE, shutdown.forceTimeout());
        inOrder(FORCE, shutdown.forceTimeout(), KILL, shutdown.killTimeout());
        shutdown.signalExitCode().ifPresent(code -> {
            if (code < 0 || code > 255) {
                problems.add(ROOT + "shutdown.signal-exit-code (" + code + ") is none a process can have; use 0 to 255");
            }
        });
    }

    private void signals(Set<String> names) {
        names.stream().filter(name -> !SignalHandlers.isKnown(name)).sorted().forEach(name -> problems.add(ROOT + "signals.\""
                + name + "\": there is no signal of that name here; write it without SIG, as in TERM, or remove the key"));
    }

    private void inOrder(String earlierKey, Duration earlier, String laterKey, Duration later) {
        if (later.compareTo(earlier) <= 0) {
            problems.add(laterKey + " (" + DurationText.of(later) + ") must be greater than " + earlierKey + " ("
                    + DurationText.of(earlier)
                    + "); raise the first or lower the second");
        }
    }

    private void named(String name) {
        if (sections.isKnown(name)) {
            subsystem(named(name, ""), config.subsystems().get(name));
        } else {
            problems.add(ROOT + "subsystem.\"" + name + "\": there is no subsystem of that name; "
                    + (definitions.isEmpty() ? "there are none at all" : "known are " + String.join(", ", definitions.keySet()))
                    + "; correct the name or remove the key");
        }
    }

    private void subsystem(String prefix, SubsystemConfig subsystem) {
        positive(prefix + "start-timeout", subsystem.startTimeout());
        positive(prefix + "stop-timeout", subsystem.stopTimeout());
        positive(prefix + "health.interval", subsystem.health().interval());
        positive(prefix + "health.timeout", subsystem.health().timeout());
        positive(prefix + "heartbeat-timeout", subsystem.heartbeatTimeout());
        subsystem.health().failures().ifPresent(failures -> atLeast(prefix + "health.failures", failures, 1));
        restart(prefix + "restart.", subsystem.restart());
        if (subsystem.thread().filter(ThreadKind.VIRTUAL::equals).isPresent() && !hasVirtualThreads) {
            problems.add(prefix + "thread is 'virtual', but this JVM (Java " + Runtime.version().feature()
                    + ") has no virtual threads; run on Java 21 or later, or set it to 'auto' or 'platform'");
        }
    }

    private void restart(String prefix, SubsystemConfig.RestartConfig restart) {
        notNegative(prefix + "initial-delay", restart.initialDelay());
        notNegative(prefix + "max-delay", restart.maxDelay());
        positive(prefix + "window", restart.window());
        notNegative(prefix + "stable-after", restart.stableAfter());
        restart.multiplier().ifPresent(multiplier -> atLeast(prefix + "multiplier", multiplier, 1));
        restart.jitter().ifPresent(jitter -> {
            if (!(jitter >= 0 && jitter <= 1)) {
                problems.add(prefix + "jitter (" + jitter + ") must be from 0 to 1; correct it or remove the key");
            }
        });
        restart.maxRestarts().ifPresent(
                maxRestarts -> atLeast(prefix + "max-restarts", maxRestarts, RestartSettings.UNLIMITED));
    }

    private void delaysInOrder() {
        ConfiguredSettings settings = new ConfiguredSettings(config, sections);
        for (SubsystemDefinition definition : definitions.values()) {
            RestartSettings restart = settings.of(definition.name(), definition.restart(), definition.critical()).restart();
            if (restart.maxDelay().compareTo(restart.initialDelay()) < 0) {
                problems.add(named(definition.name(), "restart.max-delay") + " (" + DurationText.of(restart.maxDelay())
                        + ") must not be less than restart.initial-delay (" + DurationText.of(restart.initialDelay())
                        + "); raise the first or lower the second");
            }
        }
    }

    private void atLeast(String key, double value, int least) {
        if (!(value >= least && value <= Integer.MAX_VALUE)) {
            String text = value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
            problems.add(key + " (" + text + ") must be at least " + least + "; raise it or remove the key");
        }
    }

    private void positive(String key, Optional<Duration> duration) {
        duration.filter(value -> value.isZero() || value.isNegative()).ifPresent(
                value -> problems
                        .add(key + " (" + DurationText.of(value) + ") must be greater than zero; raise it or remove the key"));
        notEndless(key, duration);
    }

    private void notNegative(String key, Optional<Duration> duration) {
        duration.filter(Duration::isNegative).ifPresent(value -> problems
                .add(key + " (" + DurationText.of(value) + ") must not be negative; raise it or remove the key"));
        notEndless(key, duration);
    }

    private void notEndless(String key, Optional<Duration> duration) {
        duration.filter(value -> value.compareTo(LONGEST) > 0).ifPresent(value -> problems
                .add(key + " (" + value.toDays() + " days) must be at most " + LONGEST.toDays() + " days; lower it"));
    }

    private void disabledDependencies() {
        ConfiguredSettings settings = new ConfiguredSettings(config, sections);
        Set<String> disabled = definitions.keySet().stream().filter(name -> !settings.enabled(name))
                .collect(Collectors.toCollection(TreeSet::new));
        for (SubsystemDefinition definition : definitions.values()) {
            if (!disabled.contains(definition.name())) {
                definition.dependsOn().stream().filter(disabled::contains).forEach(
                        dependency -> problems.add(named(dependency, "enabled") + " is false, but subsystem '"
                                + definition.name() + "' depends on '" + dependency + "'; enable it, or disable '"
                                + definition.name() + "' too"));
            }
        }
    }

    private static String named(String name, String key) {
        return ROOT + "subsystem.\"" + name + "\"." + key;
    }
}
