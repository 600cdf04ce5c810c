package io.quarkiverse.procdaemon.runtime.reload;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;

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
 * Reads, checks, asks and publishes: the steps of a reload, of which any may be the last but for the publishing. One thread at
 * a time.
 */
final class Reload {

    private static final Logger LOG = Logger.getLogger(Reload.class);

    private final LiveState state;
    private final ConfigLoader nextConfig;
    private final SecretMask mask;
    private final ExtensionSettings rules;
    private final RestartKeys restartKeys;
    private final Agreement agreement;
    private EffectiveValues values;

    /** Has those asked whom a change concerns. */
    @FunctionalInterface
    interface Agreement {

        /**
         * Returns when all have agreed and the change has been committed.
         *
         * @param commit to be run when all have agreed, before anything else happens to the subsystems
         * @throws Rejection if one has not
         */
        void reach(Change change, Runnable commit) throws Rejection, InterruptedException;
    }

    /** @param mask takes the secrets out of texts, and hears of new ones */
    Reload(LiveState state, ConfigLoader nextConfig, SecretMask mask, ExtensionSettings rules, RestartKeys restartKeys,
            Agreement agreement) {
        this.state = state;
        this.nextConfig = nextConfig;
        this.mask = mask;
        this.rules = rules;
        this.restartKeys = restartKeys;
        this.agreement = agreement;
    }

    /** Notes what every key comes to in the configuration in force. Nothing if that is known. */
    void note() {
        if (values == null) {
            values = EffectiveValues.of(state.current().config());
        }
    }

    /** @throws io.quarkiverse.procdaemon.DaemonStateException if the daemon shuts down first */
    ReloadResult run() throws InterruptedException {
        Snapshot now = state.current();
        note();
        try {
            filesAreThere(now.config());
            SmallRyeConfig config = read();
            rejectIfAny(ownProblems(config));
            EffectiveValues nextValues = EffectiveValues.of(config);
            Set<String> changed = values.changedTo(nextValues, key -> isKnown(now, key));
            if (changed.isEmpty()) {
                return new ReloadResult(Status.UNCHANGED, now.epoch(), Set.of(), Set.of(), List.of());
            }
            // A veto may quote them.
            mask.learn(mask.secretsOf(config));
            Snapshot next = now.next(config, rules.of(config));
            agree(new Change(now, next, changed), next);
            values = nextValues;
            LogLevels.apply(config, changed);
            return new ReloadResult(Status.APPLIED, next.epoch(), changed,
                    changed.stream().filter(restartKeys::contains).collect(Collectors.toSet()), List.of());
        } catch (Rejection rejected) {
            return rejected(now, rejected);
        } catch (DaemonStateException shuttingDown) {
            throw shuttingDown;
        } catch (RuntimeException | Error bug) {
            LOG.error("A reload failed", Thrown.of(bug, mask).throwable());
            return rejected(now, new Rejection("an internal error, see the log: " + bug.getClass().getName()));
        }
    }

    private static ReloadResult rejected(Snapshot now, Rejection rejection) {
        return new ReloadResult(Status.REJECTED, now.epoch(), Set.of(), Set.of(), rejection.problems());
    }

    private boolean isKnown(Snapshot now, String key) {
        return restartKeys.contains(key) || key.startsWith("quarkus.") || now.mappings().contain(key);
    }

    private void agree(Change change, Snapshot next) throws Rejection, InterruptedException {
        try {
            agreement.reach(change, () -> publish(next));
        } catch (Rejection refused) {
            throw new Rejection(refused.problems().stream().map(problem -> veto(problem.reason(), change, next)).toList());
        }
    }

    private ConfigProblem veto(String reason, Change change, Snapshot next) {
        Optional<String> key = VetoedKey.of(reason, change.changed());
        Origin origin = key.map(name -> origin(next.config(), name)).orElse(Origin.UNKNOWN);
        return new ConfigProblem(key, origin.source().map(mask), origin.line(),
                mask.apply(reason) + "; it was about " + ReloadText.keys(change.changed()));
    }

    private void publish(Snapshot next) {
        state.publish(next);
        rules.inForce(next.rules());
    }

    /** A file that was read and is gone may be half of a change, and without it other keys would count without a word. */
    private static void filesAreThere(SmallRyeConfig config) throws Rejection {
        List<ConfigProblem> problems = new ArrayList<>();
        for (ConfigSource source : config.getConfigSources()) {
            Origin.file(source.getName()).filter(file -> !Files.exists(file)).ifPresent(gone -> problems.add(new ConfigProblem(
                    Optional.empty(), Optional.of(Origin.readable(gone)), OptionalInt.empty(),
                    "the file is missing; restore it, empty it if nothing of it is to count, or restart without it")));
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
            SmallRyeConfig config = nextConfig.read();
            rejectIfAny(FileProblems.of(config));
            return config;
        } catch (ConfigValidationException invalid) {
            SmallRyeConfig sources = nextConfig.readSources();
            // Whatever else is wrong comes of it.
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
        List<ConfigProblem> problems = rules.problems(config);
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
