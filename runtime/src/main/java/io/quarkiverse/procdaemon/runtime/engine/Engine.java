package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.EventBus;
import io.quarkiverse.procdaemon.runtime.engine.events.News;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.run.Activity;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Message.Command.Kind;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.Announcement;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.Draining;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownCoordinator;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Commands;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ManagedSubsystem;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ReloadVote;

/** A daemon made of its subsystems' specifications, {@linkplain #start() started} and {@linkplain #stop stopped} once. */
public final class Engine implements DaemonInternals {

    private static final Logger LOG = Logger.getLogger(Engine.class);
    private static final Duration MARGIN = Duration.ofSeconds(1);
    private final EngineOptions options;
    private final EventBus events;
    private final Core core;
    private final Commands commands;
    private final ShutdownCoordinator shutdown;
    private final Snapshots snapshots;

    /** @throws io.quarkiverse.procdaemon.InvalidConfigurationException with every problem of the dependencies, if any */
    public Engine(EngineOptions options, List<SubsystemSpec> specs) {
        this.options = options;
        this.events = new EventBus(options.listeners(), options.platform().threads(), options.platform().mask());
        this.core = new Core(options, events, specs);
        this.commands = new Commands(core.loop());
        this.shutdown = core.shutdown();
        this.snapshots = new Snapshots(core.supervisor().registry(), options.platform().clock());
    }

    /**
     * Starts everything in parallel and waits until every critical subsystem is RUNNING; if one cannot be, stops all again.
     *
     * @throws DaemonException if a critical subsystem, which it names, did not start, or if the daemon was asked to shut down
     */
    public void start() {
        try {
            if (!core.start(this::isStuck)) {
                shutdown.fail(new ShutdownReason.Requested("a start that hangs"), OptionalInt.of(1));
                throw StartErrors.hanging(core.loop().age());
            }
        } catch (ExecutionException failed) {
            awaitSubsystems();
            events.close(MARGIN);
            throw (DaemonException) failed.getCause();
        } catch (InterruptedException interrupted) {
            String late = snapshots.firstNotStarted();
            ShutdownReason reason = new ShutdownReason.Requested("an interrupt of the start");
            shutdown.fail(reason, OptionalInt.empty());
            stop(reason);
            Thread.currentThread().interrupt();
            throw StartErrors.interrupted(late, interrupted);
        }
    }

    /**
     * Stops everything, in exact reverse, and waits for the end, which comes by the kill timeout. The first reason counts, also
     * of a failure; later calls wait for the same end. Never throws; may be called before, during and after {@link #start}.
     */
    public void stop(ShutdownReason reason) {
        stopSubsystems(reason);
        events.close(MARGIN);
    }

    /** As {@link #stop}, but returns when the subsystems have ended, though listeners may have to hear of it yet. */
    public void stopSubsystems(ShutdownReason reason) {
        shutdown.stop(reason);
        awaitSubsystems();
    }

    private void awaitSubsystems() {
        if (!shutdown.await(MARGIN)) {
            LOG.errorf("The shutdown of %s is not over though its time is up; it is left to itself", name());
        }
    }

    public ShutdownCoordinator shutdownCoordinator() {
        return shutdown;
    }

    @Override
    public boolean hasStarted() {
        return core.status().hasStarted();
    }

    @Override
    public boolean isStuck() {
        return core.loop().age().toSeconds() >= 10;
    }

    @Override
    public Optional<String> hungRun() {
        return snapshots.hungRun();
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public DaemonState state() {
        return core.status().state(shutdown.hasBegun());
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

    private CompletionStage<Void> afterShutdown(Kind kind, ManagedSubsystem subsystem) {
        return options.process().outlivesDaemon() ? core.comeBack(() -> commands.post(kind, subsystem))
                : commands.post(kind, subsystem);
    }

    @Override
    public SubsystemBuilder newSubsystem(String name) {
        return new Registration(name, options.settings(), options.around(), commands::register);
    }

    @Override
    public CompletionStage<Void> unregister(String name) {
        return commands.post(Kind.UNREGISTER, snapshots.known(name));
    }

    @Override
    public Optional<Run.WorkInFlight> beginWork(String name) {
        return snapshots.running(name).map(Run::beginWork);
    }

    @Override
    public SubsystemDetails details() {
        return snapshots;
    }

    @Override
    public List<Activity> activities(String name) {
        return snapshots.activities(name);
    }

    @Override
    public ResourceReader resourceReader() {
        return options.resources();
    }

    @Override
    public void later(Duration delay, String thread, Runnable task) {
        Message.Step due = () -> options.platform().threads().reuseOrRun(thread, task);
        loop().post((Message.Step) () -> loop().after(delay, due));
    }

    @Override
    public CompletionStage<ReloadResult> reload(String by) {
        return options.reload().apply(by);
    }

    /** Asks the subsystems about a reload: see {@link ReloadVote#result()}. Any thread may call this. */
    public CompletionStage<List<String>> ask(ReloadVote.Proposal proposal) {
        return core.ask(proposal);
    }

    /** The prefixes of the keys whose change restarts subsystems, by their names. Any thread may call this. */
    public Map<String, List<String>> restartOn() {
        return snapshots.restartOn();
    }

    /** What handles its messages; to be closed after the stop if the process goes on. Any thread may call this. */
    public EventLoop<Message> loop() {
        return core.loop();
    }

    @Override
    public void tell(News news) {
        core.loop().post(new Announcement(events, news));
    }

    /** {@link SubsystemSpec#settings()} has changed; runs go on by the new ones. Any thread may call this. */
    public void settingsChanged() {
        core.settingsChanged();
    }

    @Override
    public void shutdown(int code, ShutdownReason reason, boolean isFailure) {
        shutdown.request(code, reason, isFailure);
    }

    @Override
    public Optional<ShutdownReport> lastShutdown() {
        return Optional.ofNullable(shutdown.report()).or(options::previous);
    }

    @Override
    public Draining draining() {
        return core.status().draining();
    }

    @Override
    public Flow.Publisher<SubsystemEvent> events() {
        return events.publisher();
    }
}
