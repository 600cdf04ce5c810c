package io.quarkiverse.procdaemon.runtime.reload;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ReloadResult.Status;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.engine.events.ReloadText;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SecretKeys;
import io.smallrye.config.SmallRyeConfig;

/**
 * The steps of a reload: it reads and checks the next configuration, has the subsystems vote on it, and publishes it. Each step
 * but the last may reject it. One thread at a time.
 */
final class Reload {

    private static final Logger LOG = Logger.getLogger(Reload.class);

    private final LiveState state;
    private final ConfigLoader loader;
    private final SecretMask mask;
    private final ReloadableDaemon daemon;
    private final RestartKeys restartKeys;
    private final Map<String, List<String>> prefixes;
    private final Duration timeout;
    /** With which the process started, and those that are active. */
    private @Nullable EffectiveValues started;
    private @Nullable EffectiveValues values;

    /**
     * @param mask takes the secrets out of texts, and learns new ones
     * @param prefixes of the keys that concern a subsystem, by its name; one without any is concerned by all
     * @param timeout how long each subsystem may take to vote
     */
    Reload(LiveState state, ConfigLoader loader, SecretMask mask, ReloadableDaemon daemon, RestartKeys restartKeys,
            Map<String, List<String>> prefixes, Duration timeout) {
        this.state = state;
        this.loader = loader;
        this.mask = mask;
        this.daemon = daemon;
        this.restartKeys = restartKeys;
        this.prefixes = prefixes;
        this.timeout = timeout;
    }

    /** Notes the value of every key in the active configuration, unless that was done before. */
    void note() {
        if (values == null) {
            values = EffectiveValues.of(state.current().config());
            started = values;
        }
    }

    /** @throws io.quarkiverse.procdaemon.DaemonStateException if the daemon shuts down first */
    ReloadResult run() throws InterruptedException {
        Snapshot now = state.current();
        note();
        Map<String, List<String>> restartOn = daemon.restartOn();
        try {
            filesAreThere(now.config());
            SmallRyeConfig config = read();
            rejectIfAny(ownProblems(config));
            EffectiveValues nextValues = EffectiveValues.of(config);
            Set<String> changed = values.changedTo(nextValues, key -> isKnown(now, key) || restarts(restartOn, key));
            if (changed.isEmpty()) {
                return new ReloadResult(Status.UNCHANGED, now.epoch(), Set.of(), Set.of(), List.of(), List.of(),
                        pendingRestart(now, restartOn));
            }
            // A veto may quote them.
            mask.learn(mask.secretsOf(config));
            Snapshot next = now.next(config, daemon.settings(config));
            List<String> restarted = vote(new Change(now, next, changed), next, restartOn);
            values = nextValues;
            LogLevels.apply(config, changed);
            Set<String> pending = pendingRestart(next, restartOn);
            return new ReloadResult(Status.APPLIED, next.epoch(), changed,
                    pending.stream().filter(changed::contains).collect(Collectors.toSet()), List.of(), restarted, pending);
        } catch (Rejection rejected) {
            return rejected(now, rejected, restartOn);
        } catch (DaemonStateException shuttingDown) {
            throw shuttingDown;
        } catch (RuntimeException | Error bug) {
            LOG.error("The reload failed because of an internal error; the configuration is unchanged",
                    Thrown.of(bug, mask).throwable());
            return rejected(now, new Rejection("an internal error, see the log: " + bug.getClass().getName()), restartOn);
        }
    }

    private ReloadResult rejected(Snapshot now, Rejection rejection, Map<String, List<String>> restartOn) {
        return new ReloadResult(Status.REJECTED, now.epoch(), Set.of(), Set.of(), rejection.problems(), List.of(),
                pendingRestart(now, restartOn));
    }

    /** The keys whose active values are not those with which the process started, though only a start reads them. */
    private Set<String> pendingRestart(Snapshot active, Map<String, List<String>> restartOn) {
        return started.changedTo(values, key -> isKnown(active, key)).stream()
                .filter(key -> restartKeys.contains(key) && !restarts(restartOn, key)).collect(Collectors.toSet());
    }

    private boolean isKnown(Snapshot now, String key) {
        return restartKeys.contains(key) || key.startsWith("quarkus.") || now.mappings().contain(key)
                || daemon.reads(key);
    }

    /** Whether a change of that key restarts a subsystem. */
    private static boolean restarts(Map<String, List<String>> restartOn, String key) {
        return restartOn.values().stream().flatMap(List::stream).anyMatch(prefix -> Change.continues(key, prefix));
    }

    /** Publishes the change unless it is vetoed; returns the names of the subsystems that are restarted for it. */
    private List<String> vote(Change change, Snapshot next, Map<String, List<String>> restartOn)
            throws Rejection, InterruptedException {
        try {
            return daemon
                    .vote(name -> concerns(name, change, restartOn.getOrDefault(name, List.of())), timeout, change,
                            change.inverse(), () -> publish(next))
                    .toCompletableFuture().get();
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof DaemonStateException shuttingDown) {
                throw shuttingDown;
            }
            throw new Rejection(List.of(veto(String.valueOf(refused.getCause().getMessage()), change, next)));
        } catch (CancellationException cancelled) {
            throw new Rejection(List.of(veto("it was cancelled", change, next)));
        }
    }

    private boolean concerns(String subsystem, Change change, List<String> restartOn) {
        List<String> its = prefixes.getOrDefault(subsystem, List.of());
        return its.isEmpty() || Stream.concat(its.stream(), restartOn.stream()).anyMatch(change::affects);
    }

    private ConfigProblem veto(String reason, Change change, Snapshot next) {
        Optional<String> key = change.keyOf(reason);
        Origin origin = key.map(name -> origin(next.config(), name)).orElse(Origin.UNKNOWN);
        return new ConfigProblem(key, origin.source().map(mask), origin.line(),
                mask.apply(reason) + "; changed: " + ReloadText.keys(change.changed()));
    }

    private void publish(Snapshot next) {
        state.publish(next);
        daemon.activate(next.settings());
    }

    /** A file that was read and is gone may be half of a change; without it other values would become active unnoticed. */
    private static void filesAreThere(SmallRyeConfig config) throws Rejection {
        List<ConfigProblem> problems = new ArrayList<>();
        for (ConfigSource source : config.getConfigSources()) {
            Origin.file(source.getName()).filter(file -> !Files.exists(file)).ifPresent(gone -> problems.add(new ConfigProblem(
                    Optional.empty(), Optional.of(Origin.readable(gone)), OptionalInt.empty(),
                    "the file is missing; restore it, empty it if its keys are no longer wanted, or restart the daemon without it")));
        }
        rejectIfAny(problems);
    }

    private static void rejectIfAny(List<ConfigProblem> problems) throws Rejection {
        if (!problems.isEmpty()) {
            throw new Rejection(problems);
        }
    }

    private SmallRyeConfig read() throws Rejection {
        try {
            SmallRyeConfig config = loader.read();
            rejectIfAny(FileProblems.of(config));
            return config;
        } catch (ConfigValidationException invalid) {
            SmallRyeConfig sources = loader.readSources();
            // They cause whatever else is wrong.
            rejectIfAny(FileProblems.of(sources));
            throw new Rejection(
                    Stream.concat(ownProblems(sources).stream(), diagnosis(sources).of(invalid).stream()).toList());
        } catch (RuntimeException | Error unreadable) {
            SmallRyeConfig before = state.current().config();
            Set<Path> files = WatchedFiles.of(before, Path.of("").toAbsolutePath());
            rejectIfAny(FileProblems.in(files, before));
            throw new Rejection(List.of(ReadFailure.of(unreadable, () -> files, mask)));
        }
    }

    /** What breaks the rules of this extension. The value that does may be a secret that stands in the wrong place. */
    private List<ConfigProblem> ownProblems(SmallRyeConfig config) {
        List<ConfigProblem> problems = daemon.problems(config);
        if (!problems.isEmpty()) {
            mask.learn(mask.secretsOf(config));
        }
        return problems.stream().map(problem -> masked(Origin.locate(config, problem))).toList();
    }

    private ConfigProblem masked(ConfigProblem problem) {
        return new ConfigProblem(problem.key(), problem.source(), problem.line(), mask.apply(problem.reason()));
    }

    private Diagnosis diagnosis(SmallRyeConfig config) {
        Secrets secrets = mask.secretsOf(config);
        mask.learn(secrets);
        return new Diagnosis(key -> origin(config, key), secrets, mask);
    }

    private static Origin origin(SmallRyeConfig config, String key) {
        return SecretKeys.doUnlocked(() -> Origin.of(config.getConfigValue(key)));
    }
}
