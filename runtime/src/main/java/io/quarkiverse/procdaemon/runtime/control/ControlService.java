package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.config.ControlConfig;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.DaemonService;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.json.JsonText;
import io.quarkiverse.procdaemon.runtime.json.PlainJson;
import io.quarkiverse.procdaemon.runtime.view.LastReload;
import io.quarkus.runtime.LaunchMode;

/**
 * The control API as a part of the daemon: opens the socket on a thread of its own when the daemon begins, since the JVM needs
 * a tenth of a second for its first one, and closes it when all is over.
 */
@Singleton
public final class ControlService implements DaemonService, DaemonListener {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private final ControlConfig config;
    private final Supplier<Optional<Diagnostics>> diagnostics;
    private final AnswerWriter writer;
    private final EventHistory events = new EventHistory();
    private final LastReload lastReload = new LastReload();
    private final LogLevelOverrides levels = new LogLevelOverrides();
    private @Nullable ControlServer server;
    private @Nullable ControlThreads threads;
    private boolean ended;

    @Inject
    ControlService(DaemonConfig config, Instance<Diagnostics> diagnostics, JsonText json) {
        this(config.control(), () -> diagnostics.isResolvable() ? Optional.of(diagnostics.get()) : Optional.empty(), json);
    }

    /** Without a container, dumps and Jackson. */
    public ControlService(ControlConfig config) {
        this(config, Optional::empty, new PlainJson());
    }

    ControlService(ControlConfig config, Supplier<Optional<Diagnostics>> diagnostics, JsonText json) {
        this.config = config;
        this.diagnostics = diagnostics;
        this.writer = new AnswerWriter(json);
    }

    /** Whether there is to be no socket in this mode of the application. */
    static boolean isOff(ControlConfig config) {
        return LaunchMode.current() != LaunchMode.NORMAL && config.socket().isEmpty();
    }

    @Override
    public void begin(DaemonInternals daemon) {
        if (isOff(config)) {
            LOG.info("There is no control socket in dev mode and tests unless quarkus.proc-daemon.control.socket is set");
            return;
        }
        Path path = SocketPath.of(config.socket(), daemon.name(), System.getenv());
        threads = new ControlThreads(Thread.currentThread().getContextClassLoader());
        threads.newThread(() -> serve(path, daemon)).start();
    }

    private void serve(Path path, DaemonInternals daemon) {
        ControlServer opened;
        try {
            opened = open(path, daemon);
        } catch (IOException | RuntimeException failure) {
            LOG.errorf(failure, "The control socket cannot be opened, so the daemon shuts down with exit code 1: %s %s", path,
                    failure.getMessage());
            daemon.shutdown(1, "the control socket, which cannot be opened", true);
            return;
        }
        if (opened != null) {
            LOG.infof("The control socket is %s", path);
            opened.accept();
        }
    }

    /** Null if the daemon has ended in the meantime. */
    private synchronized @Nullable ControlServer open(Path path, DaemonInternals daemon) throws IOException {
        if (ended) {
            return null;
        }
        List<String> users = config.allowedUsers().orElse(List.of());
        ListeningSocket socket = new ListeningSocket(
                () -> SocketFile.open(path, users.isEmpty() ? "rw-------" : "rw-rw-rw-"));
        server = new ControlServer(socket, Peers.of(socket.file().owner(), users), routes(daemon), writer, threads);
        return server;
    }

    private Routes routes(DaemonInternals daemon) {
        List<Route> all = new ArrayList<>();
        all.addAll(new DaemonRequests(daemon, lastReload).routes());
        all.addAll(new SubsystemRequests(daemon).routes());
        all.addAll(new EventRequests(events, writer).routes());
        all.addAll(new DumpRequests(diagnostics).routes());
        all.addAll(new LogLevelRequests(levels).routes());
        return new Routes(all);
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        events.add(event);
    }

    @Override
    public void reloaded(ReloadResult result, Instant at) {
        lastReload.set(result, at);
        if (result.status() != ReloadResult.Status.REJECTED) {
            levels.undoAll(result.changed());
        }
    }

    @Override
    public synchronized void end() {
        ended = true;
        if (server != null) {
            server.end();
        }
    }
}
