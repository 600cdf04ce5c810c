package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ConfigChange;
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
import io.quarkiverse.procdaemon.runtime.engine.events.Dispatcher;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.Uninterrupted;
import io.quarkiverse.procdaemon.runtime.engine.run.Generation;
import io.quarkiverse.procdaemon.runtime.engine.run.WorkInFlight;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownCoordinator;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Node;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Proposal;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Supervisor;

/**
 * A daemon made of its subsystems' specifications. Made, {@linkplain #start() started} and {@linkplain #stop stopped} once.
 */
public final class Engine implements DaemonInternals {

    private static final Logger LOG = Logger.getLogger(Engine.class);
    private static final Duration MARGIN = Duration.ofSeconds(1);
    private static final Duration STUCK = Duration.ofSeconds(10);

    private final EngineOptions options;
    private final Dispatcher dispatcher;
    private final Progress progress;
    final Supervisor supervisor;
    private final ShutdownCoordinator shutdown;
    private final Snapshots snapshots;
    private volatile boolean draining;

    /**
     * Makes a daemon; nothing runs yet.
     *
     * @throws io.quarkiverse.procdaemon.InvalidConfigurationException with every problem of the dependencies, if there is any
     */
    public Engine(EngineOptions options, List<SubsystemSpec> specs) {
        this.options = options;
        this.dispatcher = new Dispatcher(options.listeners(), options.platform().threads(), options.platform().mask());
        this.progress = new Progress(options, dispatcher, specs);
        this.supervisor = progress.supervisor();
        this.shutdown = progress.shutdown();
        this.snapshots = new Snapshots(supervisor.family(), options.platform().ticker());
    }

    /**
     * Starts everything, as parallel as the graph allows, and waits until every critical subsystem is RUNNING. If one cannot
     * be, all are stopped again before this throws.
     *
     * @throws SubsystemException if a critical subsystem did not start; names it
     * @throws DaemonStateException if the daemon was told to shut down before it had started
     */
    public void start() {
        try {
            progress.start().get();
        } catch (ExecutionException failed) {
            awaitSubsystems();
            awaitListeners();
            throw (DaemonException) failed.getCause();
        } catch (InterruptedException interrupted) {
            String late = snapshots.firstNotStarted();
            ShutdownReason reason = new ShutdownReason.Requested("an interrupt of the start");
            shutdown.fail(reason, OptionalInt.empty());
            stop(reason);
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
        awaitListeners();
    }

    /** As {@link #stop}, but returns when the subsystems have ended, though listeners may have to hear of it yet. */
    public void stopSubsystems(ShutdownReason reason) {
        shutdown.stop(reason);
        awaitSubsystems();
    }

    private void awaitSubsystems() {
        if (!Uninterrupted.await(() -> shutdown.await(MARGIN))) {
            LOG.errorf("The shutdown of %s is not over though its time is up; it is left to itself", name());
        }
    }

    private void awaitListeners() {
        Uninterrupted.await(() -> dispatcher.close(MARGIN));
    }

    /** The one shutdown of this daemon, for those who have a cause for it or set its rules. */
    public ShutdownCoordinator shutdownCoordinator() {
        return shutdown;
    }

    @Override
    public boolean hasStarted() {
        return progress.hasStarted();
    }

    @Override
    public boolean isStuck() {
        return supervisor.busy().compareTo(STUCK) >= 0;
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public DaemonState state() {
        DaemonState now = progress.state();
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
        Node node = snapshots.known(name);
        return afterShutdown(() -> supervisor.commands().start(node));
    }

    @Override
    public CompletionStage<Void> stop(String name) {
        return supervisor.commands().stop(snapshots.known(name));
    }

    @Override
    public CompletionStage<Void> restart(String name) {
        Node node = snapshots.known(name);
        return afterShutdown(() -> supervisor.commands().restart(node));
    }

    /** Where the application outlives a shutdown, a start brings the daemon back. */
    private CompletionStage<Void> afterShutdown(Supplier<CompletionStage<Void>> command) {
        return options.process().outlivesDaemon() ? progress.comeBack(command) : command.get();
    }

    @Override
    public SubsystemBuilder newSubsystem(String name) {
        return new Registration(name, options.settings(), supervisor.commands()::register);
    }

    @Override
    public CompletionStage<Void> unregister(String name) {
        return supervisor.commands().unregister(snapshots.known(name));
    }

    @Override
    public Optional<WorkInFlight> beginErrand(String name) {
        return state().compareTo(DaemonState.DRAINING) < 0 ? snapshots.running(name).map(Generation::beginErrand)
                : Optional.empty();
    }

    @Override
    public CompletionStage<ReloadResult> reload() {
        return options.reload().get();
    }

    /**
     * Asks the RUNNING subsystems with an {@code onReload} for which {@code affected} says so, one after the other in start
     * order; one that is STARTING is asked when it is RUNNING, and so is one that starts before all have agreed. If one does
     * not agree, those that have are asked back in reverse order; one that threw or was late sees to itself. A run that is
     * about to end has no say any more, and is not asked back. Any thread may call this.
     *
     * @param affected called on the event loop: must be quick
     * @param patience how long each may take, to start and to answer; then it is interrupted
     * @param change what they are asked
     * @param inverse what those that agreed are asked back with
     * @param commit called on the event loop when all have agreed, before any subsystem can go on to start: must be quick; if
     *        it
     *        throws that counts as a veto
     * @return completes when all have agreed; else with a {@link SubsystemException} that names the one that did not, those
     *         that could not undo it suppressed in it; with a {@link DaemonStateException} as soon as the daemon shuts down, or
     *         if it is asking about another change
     */
    public CompletionStage<Void> ask(Predicate<String> affected, Duration patience, ConfigChange change,
            ConfigChange inverse, Runnable commit) {
        return progress.ask(new Proposal(affected, patience, change, inverse, commit));
    }

    /** The thread of this engine ends when there is nothing more to do. Any thread may call this, after the stop. */
    public void close() {
        supervisor.close();
    }

    /** Tells the listeners what became of a reload. Any thread may call this. */
    public void reloaded(ReloadResult result) {
        Instant now = options.platform().ticker().now();
        supervisor.post(() -> dispatcher.tell(listener -> listener.reloaded(result, now)));
    }

    /**
     * The rules that {@link SubsystemSpec#settings()} gives have changed. Most are read when they are needed; what waits for
     * heartbeats and asks for health goes on by the new ones from now. Any thread may call this.
     */
    public void settingsChanged() {
        progress.settingsChanged();
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
}
