package io.quarkiverse.procdaemon.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.Dispatcher;
import io.quarkiverse.procdaemon.runtime.engine.events.ReasonText;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.run.Events;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownCoordinator;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Milestones;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Node;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Patience;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Proposal;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ReloadSequence;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.StartSequence;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Supervisor;

/**
 * How far the daemon has got: has the sequences over all subsystems begin, and hears what becomes of each. Any thread may call
 * what is not a milestone; {@code state} and {@code started} are written on the event loop only and read anywhere.
 */
final class Progress implements Milestones {

    private final Platform platform;
    private final Dispatcher dispatcher;
    private final Supervisor supervisor;
    private StartSequence start;
    private final ShutdownCoordinator shutdown;
    private final boolean retriesStart;
    /** Those who wait for a shutdown to be over. Confined to the event loop. */
    private final List<CompletableFuture<Void>> comebacks = new ArrayList<>();
    /** The one under way, or null. */
    private ReloadSequence reload;
    private volatile DaemonState state = DaemonState.STARTING;
    private volatile boolean started;

    /** @throws io.quarkiverse.procdaemon.InvalidConfigurationException if the dependencies cannot be put in an order */
    Progress(EngineOptions options, Dispatcher dispatcher, List<SubsystemSpec> specs) {
        this.platform = options.platform();
        this.retriesStart = options.retriesStart();
        this.dispatcher = dispatcher;
        this.supervisor = new Supervisor(specs, platform, new Events(dispatcher),
                Patience.alone(options.timeouts().grace()), options.jitter(), this);
        this.start = startSequence();
        this.shutdown = new ShutdownCoordinator(options.name(), platform, options.process(), options.timeouts(),
                supervisor, dispatcher, () -> !started, this::stopping);
    }

    private StartSequence startSequence() {
        return new StartSequence(supervisor, this::startSucceeded, this::startFailed);
    }

    Supervisor supervisor() {
        return supervisor;
    }

    ShutdownCoordinator shutdown() {
        return shutdown;
    }

    DaemonState state() {
        return state;
    }

    boolean hasStarted() {
        return started;
    }

    /** Begins the start, unless the shutdown has; done when it is over. */
    Future<Void> start() {
        supervisor.post(() -> {
            if (!shutdown.hasBegun()) {
                begin();
            }
        });
        return start.result();
    }

    /** Asks those that run. */
    CompletionStage<Void> ask(Proposal proposal) {
        ReloadSequence next = new ReloadSequence(supervisor, platform, shutdown::hasBegun, proposal);
        supervisor.post(() -> {
            if (reload == null || reload.isOver()) {
                reload = next;
            } else {
                next.refuse();
            }
        });
        return next.result();
    }

    /** What was begun by the old settings goes on by the new ones. */
    void settingsChanged() {
        supervisor.post(() -> {
            supervisor.settingsChanged();
            start.settingsChanged();
        });
    }

    /**
     * Waits for the end of a shutdown that is under way and, if the application goes on, starts everything again.
     *
     * @param command what to do then
     * @return completes as the command does
     */
    CompletionStage<Void> comeBack(Supplier<CompletionStage<Void>> command) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        CompletionStage<Void> result = over.thenCompose(any -> command.get());
        supervisor.post(() -> {
            comebacks.add(over);
            if (state == DaemonState.STOPPED || !shutdown.hasBegun()) {
                undoShutdown();
            }
        });
        return result;
    }

    private void undoShutdown() {
        List<CompletableFuture<Void>> due = List.copyOf(comebacks);
        comebacks.clear();
        boolean again = shutdown.undo();
        // Before anything starts, so that a start which fails finds who waits for it.
        due.forEach(over -> over.complete(null));
        if (again) {
            state = DaemonState.STARTING;
            start = startSequence();
            begin();
        }
    }

    private void begin() {
        try {
            start.begin();
        } catch (RuntimeException | Error bug) {
            shutdown.fail(new ShutdownReason.Requested("an internal error: " + bug), OptionalInt.of(1));
            shutdown.stopNow();
            throw bug;
        }
    }

    private void startSucceeded() {
        started = true;
        state = DaemonState.RUNNING;
    }

    private void startFailed(SubsystemException failure) {
        stopNow(OptionalInt.of(1), new ShutdownReason.SubsystemFailed(failure.subsystem(), Thrown.of(failure)
                .failure(SubsystemEvent.Phase.START,
                        supervisor.family().get(failure.subsystem()).lifecycle().status().generation(),
                        platform.ticker().now())));
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

    @Override
    public boolean isStarting() {
        return state == DaemonState.STARTING;
    }

    @Override
    public boolean startsOnce(Node node) {
        return !retriesStart && isStarting() && start.isHeldUpBy(node);
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
    public void gaveUp(Node node, RestartSettings settings) {
        if (!shutdown.isStopping() && settings.shutdownWhenExhausted()) {
            shutdown.request(1, new ShutdownReason.SubsystemFailed(node.name(), node.lifecycle().status().lastFailure()));
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
    public void handled() {
        if (reload != null) {
            reload.review();
            if (reload.isOver()) {
                // It holds a configuration.
                reload = null;
            }
        }
    }

    @Override
    public void allDown() {
        state = DaemonState.STOPPED;
        shutdown.allDown();
        if (!comebacks.isEmpty()) {
            supervisor.post(this::undoShutdown);
        }
    }

    @Override
    public void outOfMemory() {
        shutdown.outOfMemory();
    }
}
