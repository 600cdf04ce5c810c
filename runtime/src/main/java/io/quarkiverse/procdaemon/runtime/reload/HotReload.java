package io.quarkiverse.procdaemon.runtime.reload;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig.ReloadConfig;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;
import io.quarkiverse.procdaemon.runtime.reload.watch.FileWatch;
import io.smallrye.config.SmallRyeConfig;

/**
 * The reloads of one daemon, from its assembly to its end. Made before the engine, which it is {@linkplain #serve told} of
 * later.
 */
public final class HotReload {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private final SmallRyeConfig running;
    private final ReloadConfig config;
    private final LiveState state;
    private final SecretMask mask;
    private final Reload reload;
    private final Reloads queue;
    private final Map<String, List<String>> prefixes;
    private volatile Engine engine;
    private volatile Set<Path> watched = Set.of();
    private MissedChanges dates;
    private final Threads threads = new SystemThreads();
    private volatile FileWatch watch;
    private volatile boolean closed;

    /**
     * Puts the configuration of the start in force.
     *
     * @param mappings those that follow reloads
     * @param restartKeys what only a restart takes up
     * @param prefixes of the mappings that a subsystem injects, by its name; a subsystem that is missing is concerned by all
     * @param rules what the daemon makes of a configuration
     */
    public HotReload(SmallRyeConfig running, ReloadConfig config, List<LiveMapping> mappings, RestartKeys restartKeys,
            Map<String, List<String>> prefixes, ExtensionSettings rules) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        this.running = running;
        this.config = config;
        this.prefixes = prefixes;
        this.state = LiveState.of(running);
        state.publish(Snapshot.first(running, new LiveMappings(mappings), rules.of(running)));
        this.mask = new SecretMask(() -> state.current().config(), config.secretNames());
        this.reload = new Reload(state, new ConfigLoader(running, loader), mask, rules, restartKeys, this::ask);
        this.dates = new MissedChanges(config.enabled() ? files() : Set.of());
        this.queue = new Reloads(reload::run, this::ended, threads,
                () -> engine != null && engine.shutdownCoordinator().hasBegun());
    }

    /** Takes the secrets of a configuration out of a text, before there is a daemon that could reload another. */
    public static UnaryOperator<String> maskOf(SmallRyeConfig config, ReloadConfig options) {
        return new SecretMask(() -> config, options.secretNames());
    }

    /** What is in force; any thread may call this. */
    public Snapshot current() {
        return state.current();
    }

    /** Takes the secrets out of a text; any thread may call it. */
    public UnaryOperator<String> mask() {
        return mask;
    }

    /** Whom to ask and to tell. */
    public void serve(Engine itsEngine) {
        engine = itsEngine;
    }

    /**
     * Asks for a reload; any thread may call this.
     *
     * @param by who, as it stands in the log
     */
    public CompletionStage<ReloadResult> request(String by) {
        if (!config.enabled()) {
            String refusal = "the configuration is not read anew, since quarkus.proc-daemon.reload.enabled is false";
            LOG.infof("%s: %s", by, refusal);
            return CompletableFuture.failedFuture(new DaemonStateException(ErrorCode.WRONG_STATE, refusal));
        }
        return queue.request(by);
    }

    /**
     * The daemon runs: reloads begin, also those that were asked for before, and files are watched. Takes some milliseconds.
     *
     * @param watching whether to watch them
     */
    public void begin(boolean watching) {
        // So that what fails at the end need not wait for it.
        mask.apply("//");
        if (!config.enabled()) {
            return;
        }
        try {
            reload.note();
            if (watching) {
                watchFiles();
            }
        } catch (RuntimeException failure) {
            LOG.error("Files are not watched; the signal HUP and Daemon.reload() may still have them read", failure);
        }
        queue.open();
    }

    /** The daemon shuts down: no reload begins any more, and the watch ends meanwhile. Returns at once. */
    public void end() {
        queue.close();
        closed = true;
        FileWatch open = watch;
        if (open != null) {
            // If it did not end, its system call would still be waiting when the process exits, for which the JVM takes 300 ms.
            open.close();
        }
    }

    private void ask(Change change, Runnable commit) throws Rejection, InterruptedException {
        try {
            engine.ask(name -> concerns(name, change), config.timeout(), change, change.inverse(), commit).toCompletableFuture()
                    .get();
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof DaemonStateException shuttingDown) {
                throw shuttingDown;
            }
            throw new Rejection(refused.getCause().getMessage());
        } catch (CancellationException ended) {
            throw new Rejection("it was cancelled");
        }
    }

    private boolean concerns(String subsystem, Change change) {
        List<String> its = prefixes.getOrDefault(subsystem, List.of());
        return its.isEmpty() || its.stream().anyMatch(change::affects);
    }

    private void ended(ReloadResult result) {
        if (result.status() == ReloadResult.Status.APPLIED) {
            // Names of keys are remembered, and those of the sources have changed.
            running.getLatestPropertyNames();
            if (!watched.isEmpty()) {
                watchFiles();
            }
        }
        engine.reloaded(result);
    }

    private void watchFiles() {
        SmallRyeConfig read = state.current().config();
        Set<Path> files = files();
        if (closed || files.equals(watched)) {
            return;
        }
        if (watch != null) {
            watch.close();
            dates = new MissedChanges(files);
        }
        watched = files;
        MissedChanges itsDates = dates;
        FileWatch next = new FileWatch(files, config.debounce(), config.pollInterval(), this::changed);
        // Between the reading of the files and the begin of the watch nobody has watched.
        next.start(() -> itsDates.since(LiveState.of(read).readAt(), files));
        watch = next;
        if (closed) {
            next.close();
        }
    }

    private Set<Path> files() {
        Set<Path> files = new LinkedHashSet<>(WatchedFiles.of(state.current().config(), Path.of("").toAbsolutePath()));
        config.files().ifPresent(also -> also.forEach(file -> files.add(file.toAbsolutePath().normalize())));
        return files;
    }

    private void changed(Set<Path> files) {
        String names = PlainText
                .escape(new TreeSet<>(files).stream().map(Origin::readable).collect(Collectors.joining(", ")));
        request(names + (files.size() == 1 ? " has changed" : " have changed"));
    }
}
