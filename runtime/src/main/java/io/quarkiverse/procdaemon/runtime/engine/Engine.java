package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Errand;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Events;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Generation;
import io.quarkiverse.procdaemon.runtime.engine.listen.Dispatcher;
import io.quarkiverse.procdaemon.runtime.engine.listen.ReasonText;
import io.quarkiverse.procdaemon.runtime.engine.sequence.StartSequence;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownCoordinator;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Milestones;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Node;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Patience;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Supervisor;
import io.quarkiverse.procdaemon.runtime.engine.thread.Uninterrupted;

/**
 * A daemon made of its subsystems' specifications. Made, {@linkplain #start() started} and {@linkplain #stop stopped} once.
 * <p>
 * {@code state} and {@code started} are written in the mailbox only and read anywhere.
 */
public final class Engine implements Daemon {

    private static final Logger LOG = Logger.getLogger(Engine.class);
    private static final Duration MARGIN = Duration.ofSeconds(1);
    private static final Duration STUCK = Duration.ofSeconds(10);

    private final EngineOptions options;
    private final Dispatcher dispatcher;
    private final Supervisor supervisor;
    private final Snapshots snapshots;
    private final StartSequence start;
    private final ShutdownCoordinator shutdown;
    private volatile DaemonState state = DaemonState.STARTING;
    private volatile boolean started;
    private volatile boolean draining;

    /**
     * Makes a daemon; nothing runs yet.
     *
     * @throws io.quarkiverse.procdaemon.InvalidConfigurationException with every problem of the dependencies, if there is any
     */
    public Engine(EngineOptions options, List<SubsystemSpec> specs) {
        this.options = options;
        this.dispatcher = new Dispatcher(options.listeners(), options.platform().threads());
        Events events = new Events(dispatcher, options.platform().ticker());
        Duration grace = options.timeouts().force().minus(options.timeouts().graceful());
        this.supervisor = new Supervisor(specs, options.platform(), events, Patience.alone(grace), options.jitter(),
                new Progress());
        this.snapshots = new Snapshots(supervisor.family());
        this.start = new StartSequence(supervisor, this::startSucceeded,
                failure -> stopNow(OptionalInt.of(1), new ShutdownReason.Error(failure.subsystem(), failure)));
        this.shutdown = new ShutdownCoordinator(options.name(), options.platform(), options.process(), options.timeouts(),
                supervisor, dispatcher, () -> !started, this::stopping);
    }

    /**
     * Starts everything, as parallel as the graph allows, and waits until every critical subsystem is RUNNING. If one cannot
     * be, all are stopped again before this throws.
     *
     * @throws SubsystemException if a critical subsystem did not start; names it
     * @throws DaemonStateException if the daemon was told to shut down before it had started
     */
    public void start() {
        supervisor.post(() -> {
            if (!shutdown.hasBegun()) {
                begin();
            }
        });
        try {
            start.result().get();
        } catch (ExecutionException failed) {
            stop(new ShutdownReason.Requested("the failure of the start"));
            throw (DaemonException) failed.getCause();
        } catch (InterruptedException interrupted) {
            String late = snapshots.firstNotStarted();
            stop(new ShutdownReason.Requested("an interrupt of the start"));
            Thread.currentThread().interrupt();
            throw new SubsystemException(ErrorCode.START_FAILED, late,
                    "the daemon does not start because the start was interrupted while subsystem '" + late + "' was starting",
                    interrupted);
        }
    }

    /**
     * Stops everything, in exact reverse, as parallel as the graph allows, and waits for the end, which comes by the kill
     * time-out at the latest. The first reason counts, also one that {@link #shutdown(int)} or a failure gave before; later
     * calls wait for the same end. Never throws; may be called before, during and after {@link #start()}.
     */
    public void stop(ShutdownReason reason) {
        stopSubsystems(reason);
        Uninterrupted.await(() -> dispatcher.close(MARGIN));
    }

    /** As {@link #stop}, but returns when the subsystems have ended, though listeners may have to hear of it yet. */
    public void stopSubsystems(ShutdownReason reason) {
        shutdown.stop(reason);
        if (!Uninterrupted.await(() -> shutdown.await(MARGIN))) {
            LOG.errorf("The shutdown of %s is not over though its time is up; it is left to itself", name());
        }
    }

    /** The one shutdown of this daemon, for those who have a cause for it or set its rules. */
    public ShutdownCoordinator shutdownCoordinator() {
        return shutdown;
    }

    /** Whether every critical subsystem has been RUNNING; once true, always true. Reads a field. */
    public boolean hasStarted() {
        return started;
    }

    /** Whether the supervisor itself has hung for ten seconds, so that only a new process can help. Reads fields. */
    public boolean isStuck() {
        return supervisor.busy().compareTo(STUCK) >= 0;
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public DaemonState state() {
        DaemonState now = state;
        return now == DaemonState.RUNNING && (draining || shutdown.hasBegun()) ? DaemonState.DRAINING : now;
    }

    @Override
    public List<SubsystemInfo> subsystems() {
        return snapshots.all();
    }

    @Override
    public Optional<SubsystemInfo> subsystem(String name) {
        return snapshots.of(name);
    }

    @Override
    public CompletionStage<Void> start(String name) {
        return supervisor.commands().start(snapshots.known(name));
    }

    @Override
    public CompletionStage<Void> stop(String name) {
        return supervisor.commands().stop(snapshots.known(name));
    }

    @Override
    public CompletionStage<Void> restart(String name) {
        return supervisor.commands().restart(snapshots.known(name));
    }

    @Override
    public SubsystemBuilder newSubsystem(String name) {
        return new Registration(name, options.settings(), supervisor.commands()::register);
    }

    @Override
    public CompletionStage<Void> unregister(String name) {
        return supervisor.commands().unregister(snapshots.known(name));
    }

    /**
     * Begins work that others do for a subsystem, which stopping waits for; empty unless the subsystem is RUNNING and has not
     * been told to stop, and the daemon is neither draining nor stopping. Takes no lock; any thread may call this.
     */
    public Optional<Errand> beginErrand(String name) {
        return state().compareTo(DaemonState.DRAINING) < 0 ? snapshots.running(name).map(Generation::beginErrand)
                : Optional.empty();
    }

    @Override
    public CompletionStage<ReloadResult> reload() {
        return options.reload().get();
    }

    @Override
    public void shutdown() {
        shutdown(0);
    }

    @Override
    public void shutdown(int code) {
        shutdown.request(code, new ShutdownReason.Requested("Daemon.shutdown(" + code + ")"));
    }

    @Override
    public Optional<ShutdownReport> lastShutdown() {
        return Optional.ofNullable(shutdown.report()).or(() -> options.previous());
    }

    @Override
    public void drain() {
        draining = true;
    }

    @Override
    public void resume() {
        draining = false;
    }

    @Override
    public Flow.Publisher<SubsystemEvent> events() {
        return dispatcher.publisher();
    }

    private void begin() {
        try {
            start.begin();
        } catch (RuntimeException | Error bug) {
            stopNow(OptionalInt.of(1), new ShutdownReason.Requested("an internal error: " + bug));
            throw bug;
        }
    }

    private void startSucceeded() {
        started = true;
        state = DaemonState.RUNNING;
    }

    private void stopNow(OptionalInt exitCode, ShutdownReason reason) {
        shutdown.begin(reason, exitCode);
        shutdown.stopNow();
    }

    private void stopping(ShutdownReason reason) {
        state = DaemonState.STOPPING;
        start.cancel(() -> new DaemonStateException(ErrorCode.WRONG_STATE,
                "the daemon does not start because it was told to shut down: " + ReasonText.of(reason)));
    }

    /** What the daemon makes of what happens to its subsystems. Called in the mailbox. */
    private final class Progress implements Milestones {

        @Override
        public boolean isStarting() {
            return state == DaemonState.STARTING;
        }

        @Override
        public void running(Node node) {
            start.settled(node);
        }

        @Override
        public void down(Node node) {
            if (isStarting()) {
                start.down(node);
            }
        }

        @Override
        public void gaveUp(Node node) {
            if (!shutdown.isStopping() && node.spec().settings().restart().shutdownWhenExhausted()) {
                shutdown.request(1, new ShutdownReason.Error(node.name(), node.lifecycle().status().lastFailure().cause()));
            }
        }

        @Override
        public void registered(Node node) {
            start.registered(node);
            dispatcher.registered(node.name());
        }

        @Override
        public void unregistered(Node node) {
            start.settled(node);
            dispatcher.unregistered(node.name());
        }

        @Override
        public void allDown() {
            state = DaemonState.STOPPED;
            shutdown.allDown();
        }

        @Override
        public void outOfMemory() {
            shutdown.outOfMemory();
        }
    }
}
