package io.quarkiverse.procdaemon.runtime.reload;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig.ReloadConfig;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.reload.watch.FileWatch;
import io.smallrye.config.SmallRyeConfig;

/**
 * The reloads of one daemon, from its assembly to its end.
 */
public final class HotReload {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private final SmallRyeConfig running;
    private final ReloadConfig config;
    private final LiveState state;
    private final SecretMask mask;
    private final Reload reload;
    private final Reloads queue;
    private final ReloadableDaemon daemon;
    private volatile Set<Path> watched = Set.of();
    private MissedChanges dates;
    private volatile @Nullable FileWatch watch;
    private volatile boolean closed;

    /**
     * Activates the configuration of the start.
     *
     * @param mappings those that follow reloads
     * @param restartKeys what requires a restart
     * @param prefixes of the mappings that a subsystem injects, by its name; one without any is concerned by every change
     */
    public HotReload(SmallRyeConfig running, ReloadConfig config, List<LiveMapping> mappings, RestartKeys restartKeys,
            Map<String, List<String>> prefixes, ReloadableDaemon daemon) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        this.running = running;
        this.config = config;
        this.daemon = daemon;
        this.state = LiveState.of(running);
        state.publish(Snapshot.first(running, new LiveMappings(mappings), daemon.settings(running)));
        this.mask = new SecretMask(() -> state.current().config(), config.secretNames());
        this.reload = new Reload(state, new ConfigLoader(running, loader), mask, daemon, restartKeys, prefixes,
                config.timeout());
        this.dates = new MissedChanges(config.enabled() ? files() : Set.of());
        this.queue = new Reloads(this::attempt, this::ended, new SystemThreads(), daemon::isShuttingDown);
    }

    /** Takes the secrets of a configuration out of a text, before there is a daemon that could reload another. */
    public static UnaryOperator<String> maskOf(SmallRyeConfig config, ReloadConfig options) {
        return new SecretMask(() -> config, options.secretNames());
    }

    /** The active configuration; any thread may call this. */
    public Snapshot current() {
        return state.current();
    }

    /** Takes the secrets out of a text; any thread may call it. */
    public UnaryOperator<String> mask() {
        return mask;
    }

    /**
     * Requests a reload; any thread may call this.
     *
     * @param by who requests it, for the log
     */
    public CompletionStage<ReloadResult> request(String by) {
        if (!config.enabled()) {
            String refusal = "the configuration is not reloaded, because quarkus.proc-daemon.reload.enabled is false";
            LOG.infof("%s: %s", by, refusal);
            return CompletableFuture.failedFuture(new DaemonStateException(ErrorCode.WRONG_STATE, refusal));
        }
        return queue.request(by);
    }

    /**
     * The daemon runs: from now on reloads begin, those first that were requested before, and files are watched. Takes some
     * milliseconds.
     *
     * @param watching whether to watch them
     */
    public void begin(boolean watching) {
        // So that a failure during the shutdown need not wait for it.
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
            LOG.error("Watching the configuration files failed; reload them with the signal HUP or Daemon.reload()", failure);
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

    private ReloadResult attempt() throws InterruptedException {
        daemon.reloadBegan();
        boolean hasResult = false;
        try {
            FileWatch open = watch;
            ReloadResult result = open == null ? reload.run() : open.whileRead(reload::run);
            hasResult = true;
            return result;
        } finally {
            if (!hasResult) {
                daemon.reloadCancelled();
            }
        }
    }

    private void ended(ReloadResult result) {
        if (result.status() == ReloadResult.Status.APPLIED) {
            // Names of keys are remembered, and those of the sources have changed.
            running.getLatestPropertyNames();
            if (!watched.isEmpty()) {
                watchFiles();
            }
        }
        daemon.reloaded(result);
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
        // Nobody has watched between the reading of the files and the start of the watch.
        next.start(() -> {
            Set<Path> changed = itsDates.since(LiveState.of(read).readAt(), files);
            LOG.debugf("Watching %s for changes", files);
            return changed;
        });
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
