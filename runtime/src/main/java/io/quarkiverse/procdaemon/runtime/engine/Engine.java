package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

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
import io.quarkiverse.procdaemon.runtime.engine.events.EventBus;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.loop.Uninterrupted;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Message.Command.Kind;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;
import io.quarkiverse.procdaemon.runtime.engine.run.WorkInFlight;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownCoordinator;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Commands;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ManagedSubsystem;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ReloadVote;
import io.quarkiverse.procdaemon.runtime.engine.time.DurationText;

/**
 * A daemon made of its subsystems' specifications. Made, {@linkplain #start() started} and {@linkplain #stop stopped} once.
 */
public final class Engine implements DaemonInternals {

    private static final Logger LOG = Logger.getLogger(Engine.class);
    private static final Duration MARGIN = Duration.ofSeconds(1);
    private static final Duration STUCK = Duration.ofSeconds(10);

    private final EngineOptions options;
    private final EventBus events;
    private final Core core;
    private final Commands commands;
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
        this.events = new EventBus(options.listeners(), options.platform().threads(), options.platform().mask());
        this.core = new Core(options, events, specs);
        this.commands = new Commands(core.loop());
        this.shutdown = core.shutdown();
        this.snapshots = new Snapshots(core.supervisor().registry(), options.platform().clock());
    }

    /**
     * Starts everything, as parallel as the graph allows, and waits until every critical subsystem is RUNNING. If one cannot
     * be, all are stopped again before this throws.
     *
     * @throws SubsystemException if a critical subsystem did not start; names it
     * @throws DaemonStateException if the daemon was told to shut down before it had started
     */
    public void start() {
        Future<Void> started = core.status().start();
        core.start();
        try {
            await(started);
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

    /** A start may take long, but not longer than the event loop lives. */
    private void await(Future<Void> started) throws ExecutionException, InterruptedException {
        while (true) {
            try {
                started.get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException goesOn) {
                if (isStuck()) {
                    shutdown.fail(new ShutdownReason.Requested("a start that hangs"), OptionalInt.of(1));
                    throw new DaemonStateException(ErrorCode.WRONG_STATE,
                            "the daemon does not start because its event loop has not handled a message for "
                                    + DurationText.of(core.age()) + "; a thread dump shows where proc-daemon-loop hangs");
                }
            }
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
        Uninterrupted.await(() -> events.close(MARGIN));
    }

    /** The one shutdown of this daemon, for those who have a cause for it or set its rules. */
    public ShutdownCoordinator shutdownCoordinator() {
        return shutdown;
    }

    @Override
    public boolean hasStarted() {
        return core.status().hasStarted();
    }

    @Override
    public boolean isStuck() {
        return core.age().compareTo(STUCK) >= 0;
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public DaemonState state() {
        DaemonState now = core.status().state();
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
        return afterShutdown(Kind.START, snapshots.known(name));
    }

    @Override
    public CompletionStage<Void> stop(String name) {
        return commands.post(Kind.STOP, snapshots.known(name));
    }

    @Override
    public CompletionStage<Void> restart(String name) {
        return afterShutdown(Kind.RESTART, snapshots.known(name));
    }

    /** Where the application outlives a shutdown, a start brings the daemon back. */
    private CompletionStage<Void> afterShutdown(Kind kind, ManagedSubsystem subsystem) {
        return options.process().outlivesDaemon() ? core.comeBack(() -> commands.post(kind, subsystem))
                : commands.post(kind, subsystem);
    }

    @Override
    public SubsystemBuilder newSubsystem(String name) {
        return new Registration(name, options.settings(), commands::register);
    }

    @Override
    public CompletionStage<Void> unregister(String name) {
        return commands.post(Kind.UNREGISTER, snapshots.known(name));
    }

    @Override
    public Optional<WorkInFlight> beginErrand(String name) {
        return state().compareTo(DaemonState.DRAINING) < 0 ? snapshots.running(name).map(Run::beginWork)
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
        return core.ask(new ReloadVote.Proposal(affected, patience, change, inverse, commit));
    }

    /** What handles its messages. */
    public EventLoop<Message> loop() {
        return core.loop();
    }

    /** The thread of this engine ends when there is nothing more to do. Any thread may call this, after the stop. */
    public void close() {
        core.loop().close();
    }

    /** Tells the listeners what became of a reload. Any thread may call this. */
    public void reloaded(ReloadResult result) {
        Instant now = options.platform().clock().now();
        core.loop().post((Message.Step) () -> events.tell(listener -> listener.reloaded(result, now)));
    }

    /**
     * The rules that {@link SubsystemSpec#settings()} gives have changed. Most are read when they are needed; what waits for
     * heartbeats and asks for health goes on by the new ones from now. Any thread may call this.
     */
    public void settingsChanged() {
        core.settingsChanged();
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
        return events.publisher();
    }
}
