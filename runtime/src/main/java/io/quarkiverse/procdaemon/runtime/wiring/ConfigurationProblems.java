package io.quarkiverse.procdaemon.runtime.wiring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;
import io.quarkiverse.procdaemon.runtime.process.InstanceLock;
import io.quarkiverse.procdaemon.runtime.process.PidFile;
import io.quarkiverse.procdaemon.runtime.rules.IntervalExpression;
import io.quarkiverse.procdaemon.runtime.rules.KeyCheck;
import io.quarkiverse.procdaemon.runtime.signal.SignalNames;
import io.smallrye.config.SmallRyeConfig;

/**
 * Finds all problems of a configuration: of each key by itself, and of valid ones that contradict each other. Each cause is
 * reported once, with the key and what to do.
 */
final class ConfigurationProblems {

    private static final String ROOT = "quarkus.proc-daemon.";
    private static final String GRACEFUL = ROOT + "shutdown.graceful-timeout";
    private static final String FORCE = ROOT + "shutdown.force-timeout";
    private static final String KILL = ROOT + "shutdown.kill-timeout";
    private static final String REPORT = ROOT + "shutdown.report-file";
    private static final int SHOWN = 10;

    private final DaemonConfig config;
    private final Map<String, SubsystemDefinition> definitions;
    private final ConfiguredSettings settings;
    private final KeyCheck keys;
    private final Map<String, ConfigProblem> problems = new LinkedHashMap<>();

    private record WrongInterval(String key, String sentence) {
    }

    private ConfigurationProblems(SmallRyeConfig read, List<SubsystemDefinition> definitions) {
        this.config = read.getConfigMapping(DaemonConfig.class, DaemonConfig.PREFIX);
        this.definitions = new TreeMap<>();
        for (SubsystemDefinition definition : definitions) {
            this.definitions.putIfAbsent(definition.name(), definition);
        }
        this.settings = new ConfiguredSettings(read, this.definitions.keySet());
        this.keys = new KeyCheck(read, this.definitions.keySet(), settings::isKnown, SignalNames::objection);
    }

    /**
     * The problems, each a full sentence.
     *
     * @param channels those that have consumers, each with why no message can be kept from it, if none can
     * @param registered the intervals of subsystems that were registered through the API
     */
    static List<ConfigProblem> of(SmallRyeConfig read, List<SubsystemDefinition> definitions,
            Map<String, String> channels, Collection<IntervalExpression> registered, boolean hasVirtualThreads) {
        ConfigurationProblems check = new ConfigurationProblems(read, definitions);
        check.timeoutsInOrder(check.config.shutdown());
        check.delaysInOrder();
        check.filesApart();
        if (!hasVirtualThreads) {
            check.virtualThreads();
        }
        check.disabledDependencies();
        check.intervals(registered);
        ChannelProblems.of(check.config, channels, check.definitions.keySet(), check.settings).forEach(check::add);
        List<ConfigProblem> all = new ArrayList<>(check.keys.problems());
        all.addAll(ApplicationWaits.problems(read));
        all.addAll(check.problems.values());
        return all;
    }

    private void timeoutsInOrder(DaemonConfig.ShutdownConfig shutdown) {
        inOrder(GRACEFUL, shutdown.gracefulTimeout(), FORCE, shutdown.forceTimeout());
        inOrder(FORCE, shutdown.forceTimeout(), KILL, shutdown.killTimeout());
    }

    private void inOrder(String earlierKey, Duration earlier, String laterKey, Duration later) {
        if (keys.isRight(earlierKey) && keys.isRight(laterKey) && later.compareTo(earlier) <= 0) {
            add(laterKey, laterKey + " (" + Durations.text(later) + ") must be greater than " + earlierKey + " ("
                    + Durations.text(earlier) + "); raise the first or lower the second");
        }
    }

    /** One file cannot serve two purposes. */
    private void filesApart() {
        Map<Path, String> users = new HashMap<>();
        claim(InstanceLock.KEY, config.instanceLock(), users);
        claim(PidFile.KEY, config.pidFile(), users);
        claim(REPORT, config.shutdown().reportFile(), users);
    }

    private void claim(String key, Optional<Path> file, Map<Path, String> users) {
        if (file.isPresent() && keys.isRight(key)) {
            String other = users.putIfAbsent(file.get().toAbsolutePath().normalize(), key);
            if (other != null) {
                add(key, key + " (" + file.get() + ") is also the path of " + other + "; set one of them to another path");
            }
        }
    }

    private void delaysInOrder() {
        for (String name : definitions.keySet()) {
            Duration most = RestartSettings.DEFAULT.maxDelay();
            Duration least = RestartSettings.DEFAULT.initialDelay();
            String mostKey = null;
            String leastKey = null;
            for (Map.Entry<String, SubsystemConfig> section : settings.sections(name).entrySet()) {
                SubsystemConfig.RestartConfig restart = section.getValue().restart();
                if (mostKey == null && restart.maxDelay().isPresent()) {
                    mostKey = key(section.getKey(), "restart.max-delay");
                    most = restart.maxDelay().get();
                }
                if (leastKey == null && restart.initialDelay().isPresent()) {
                    leastKey = key(section.getKey(), "restart.initial-delay");
                    least = restart.initialDelay().get();
                }
            }
            if (most.compareTo(least) < 0 && keys.isRight(mostKey) && keys.isRight(leastKey)) {
                delaysOutOfOrder(mostKey, most, leastKey, least);
            }
        }
    }

    private void delaysOutOfOrder(@Nullable String mostKey, Duration most, @Nullable String leastKey, Duration least) {
        if (mostKey != null) {
            add(mostKey, mostKey + " (" + Durations.text(most) + ") must not be less than restart.initial-delay ("
                    + Durations.text(least) + "); raise the first or lower the second");
        } else {
            add(leastKey, leastKey + " (" + Durations.text(least) + ") must not be greater than restart.max-delay ("
                    + Durations.text(most) + "); lower the first or raise the second");
        }
    }

    private void virtualThreads() {
        for (Map.Entry<String, SubsystemConfig> section : config.subsystems().entrySet()) {
            String key = key(section.getKey(), "thread");
            if (section.getValue().thread().orElse(null) == ThreadKind.VIRTUAL && settings.isKnown(section.getKey())
                    && keys.isRight(key)) {
                add(key, key + " is 'virtual', but this JVM (Java " + Runtime.version().feature()
                        + ") has no virtual threads; run on Java 21 or later, or set it to 'auto' or 'platform'");
            }
        }
    }

    private void disabledDependencies() {
        Map<String, List<String[]>> byCause = new LinkedHashMap<>();
        for (SubsystemDefinition definition : definitions.values()) {
            if (disabledBy(definition.name()) != null) {
                continue;
            }
            for (String dependency : definition.dependsOn()) {
                String key = disabledBy(dependency);
                if (key != null) {
                    byCause.computeIfAbsent(key, none -> new ArrayList<>()).add(new String[] { definition.name(), dependency });
                }
            }
        }
        if (!byCause.isEmpty()) {
            byCause.forEach(this::disabledDependency);
        }
    }

    private void disabledDependency(String key, List<String[]> pairs) {
        String first = pairs.get(0)[0];
        add(key, pairs.size() == 1 ? key + " is false, but subsystem '" + first + "' depends on '" + pairs.get(0)[1]
                + "'; enable it, or disable '" + first + "' too"
                : key + " is false, but others depend on what it disables: " + pairs.stream().limit(SHOWN)
                        .map(pair -> "'" + pair[0] + "' on '" + pair[1] + "'").collect(Collectors.joining(", "))
                        + (pairs.size() > SHOWN ? " and " + (pairs.size() - SHOWN) + " more" : "")
                        + "; enable it, or disable them too");
    }

    /** The key that disables a subsystem; null if none does. */
    private @Nullable String disabledBy(String name) {
        if (!definitions.containsKey(name)) {
            return null;
        }
        for (Map.Entry<String, SubsystemConfig> section : settings.sections(name).entrySet()) {
            Optional<Boolean> enabled = section.getValue().enabled();
            if (enabled.isPresent()) {
                String key = key(section.getKey(), "enabled");
                return enabled.get() || !keys.isRight(key) ? null : key;
            }
        }
        return null;
    }

    private void intervals(Collection<IntervalExpression> registered) {
        Map<WrongInterval, Set<String>> users = new LinkedHashMap<>();
        for (SubsystemDefinition definition : definitions.values()) {
            String every = definition.methods().every();
            if (every != null && settings.enabled(definition.name())) {
                interval(IntervalExpression.of(every), definition.methods().run().location(), users);
            }
        }
        for (IntervalExpression expression : registered) {
            interval(expression, "a subsystem registered through the API", users);
        }
        users.forEach((wrong, its) -> add(wrong.key(),
                wrong.sentence() + "; it is the interval of " + String.join(", ", its)));
    }

    private void interval(IntervalExpression expression, String user, Map<WrongInterval, Set<String>> users) {
        try {
            settings.interval(expression);
        } catch (IllegalArgumentException wrong) {
            users.computeIfAbsent(new WrongInterval(expression.key(), wrong.getMessage()), none -> new TreeSet<>()).add(user);
        }
    }

    private static String key(String section, String path) {
        return ROOT + "subsystem." + (section.equals(DaemonConfig.EVERY) ? "" : '"' + section + "\".") + path;
    }

    private void add(String key, String sentence) {
        problems.putIfAbsent(sentence, keys.problem(key, sentence));
    }
}
