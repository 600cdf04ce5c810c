package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.config.StartCheck;
import io.quarkiverse.procdaemon.runtime.config.StartCheck.Start;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.events.News;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ReloadVote;
import io.quarkiverse.procdaemon.runtime.reload.ReloadableDaemon;
import io.quarkiverse.procdaemon.runtime.reload.Snapshot;
import io.quarkiverse.procdaemon.runtime.rules.IntervalExpression;
import io.smallrye.config.SmallRyeConfig;

/** The daemon as its reloads see it: checks and settings as at the start, votes and events by the engine. */
final class ReloadableEngine implements ReloadableDaemon {

    private final List<SubsystemDefinition> definitions;
    private final Map<String, String> channels;
    private final Map<String, String> built;
    private final String applicationName;
    private final List<StartCheck> checks;
    private final Set<String> names;
    /** Of subsystems registered through the API. */
    private final Set<IntervalExpression> intervals = ConcurrentHashMap.newKeySet();
    /** With what the process has started; null until it is known to be valid. */
    private volatile @Nullable Start running;
    private volatile @Nullable Engine engine;
    private volatile @Nullable ConfiguredSettings activated;
    private volatile Runnable afterReload = () -> {
    };

    /**
     * @param daemon what the build knows
     * @param applicationName the name of the daemon, if none is configured
     * @param checks of the parts that not every application has
     */
    ReloadableEngine(RecordedDaemon daemon, String applicationName, List<StartCheck> checks) {
        this.definitions = daemon.subsystems();
        this.channels = daemon.channels();
        this.built = daemon.built();
        this.applicationName = applicationName;
        this.checks = new ArrayList<>(checks);
        this.checks.add(new SystemCheck());
        this.names = new HashSet<>();
        for (SubsystemDefinition definition : definitions) {
            names.add(definition.name());
        }
    }

    /** The process starts with that configuration, which has no problems. */
    void starts(SmallRyeConfig config) {
        running = start(config);
    }

    private Start start(SmallRyeConfig read) {
        DaemonConfig config = read.getConfigMapping(DaemonConfig.class, DaemonConfig.PREFIX);
        return new Start(config, config.name().orElse(applicationName));
    }

    /** The engine is made of the settings, so after this. */
    void engine(Engine itsEngine) {
        engine = itsEngine;
    }

    /** That is called after each reload. */
    void afterReload(Runnable action) {
        afterReload = action;
    }

    /** A subsystem registered through the API is called at that interval. */
    void uses(IntervalExpression interval) {
        intervals.add(interval);
    }

    @Override
    public List<ConfigProblem> problems(SmallRyeConfig config) {
        List<ConfigProblem> problems = ConfigurationProblems.of(config, definitions, channels, intervals,
                SystemThreads.hasVirtual());
        // Something else stands in for a value that is wrong by itself.
        Set<Optional<String>> wrong = problems.stream().map(ConfigProblem::key).collect(Collectors.toSet());
        Start next = start(config);
        for (StartCheck check : checks) {
            check.problems(next, running).stream().filter(problem -> !wrong.contains(problem.key())).forEach(problems::add);
        }
        return problems;
    }

    @Override
    public boolean reads(String key) {
        for (SubsystemDefinition definition : definitions) {
            String every = definition.methods().every();
            if (every != null && key.equals(IntervalExpression.of(every).key())) {
                return true;
            }
        }
        return intervals.stream().anyMatch(interval -> key.equals(interval.key()));
    }

    @Override
    public ConfiguredSettings settings(SmallRyeConfig config) {
        return new ConfiguredSettings(config, names);
    }

    /** The settings in a snapshot. */
    ConfiguredSettings in(Snapshot snapshot) {
        return (ConfiguredSettings) snapshot.settings();
    }

    @Override
    public void activate(Object settings) {
        engine.shutdownCoordinator().timeouts(((ConfiguredSettings) settings).shutdown());
        engine.settingsChanged();
        activated = (ConfiguredSettings) settings;
        afterReload.run();
    }

    @Override
    public boolean isShuttingDown() {
        return engine != null && engine.shutdownCoordinator().hasBegun();
    }

    @Override
    public CompletionStage<List<String>> vote(Predicate<String> concerned, Duration timeout, ConfigChange change,
            ConfigChange inverse,
            Runnable commit) {
        return engine.ask(new ReloadVote.Proposal(concerned, timeout, change, inverse, commit));
    }

    @Override
    public Map<String, List<String>> restartOn() {
        return engine.restartOn();
    }

    @Override
    public void reloadBegan() {
        engine.tell(new News.ReloadBegan());
    }

    @Override
    public void reloadCancelled() {
        engine.tell(new News.ReloadCancelled());
    }

    @Override
    public void reloaded(ReloadResult result) {
        engine.tell(new News.Reloaded(result, Instant.now()));
        if (result.status() == ReloadResult.Status.APPLIED) {
            BuildTimeKeys.warn(activated.read(), built, result.changed()::contains);
        }
    }
}
