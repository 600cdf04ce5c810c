package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemNotFoundException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Errand;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Events;
import io.quarkiverse.procdaemon.runtime.engine.listen.Dispatcher;
import io.quarkiverse.procdaemon.runtime.engine.listen.ReasonText;
import io.quarkiverse.procdaemon.runtime.engine.sequence.StartSequence;
import io.quarkiverse.procdaemon.runtime.engine.sequence.StopSequence;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Commands;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Milestones;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Node;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Patience;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Supervisor;

/**
 * A daemon made of its subsystems' specifications. Made, {@linkplain #start() started} and {@linkplain #stop stopped} once.
 */
public final class Engine implements Daemon {

    private static final Logger LOG = Logger.getLogger(Engine.class);
    private static final Duration MARGIN = Duration.ofSeconds(1);
    private static final Duration STUCK = Duration.ofSeconds(10);

    private final EngineOptions options;
    private final Dispatcher dispatcher;
    private final Supervisor supervisor;
    private final Commands commands;
    private final StartSequence start;
    private final StopSequence stop;
    private final AtomicReference<Exit> exit = new AtomicReference<>();
    private volatile DaemonState state = DaemonState.STARTING;
    private volatile boolean started;
    private volatile boolean draining;

    /**
     * @throws io.quarkiverse.procdaemon.InvalidConfigurationException with every problem of the dependencies, if there is any
     */
    public Engine(EngineOptions options, List<SubsystemSpec> specs) {
        this.options = options;
        this.dispatcher = new Dispatcher(options.listeners(), options.platform().threads());
        Events events = new Events(dispatcher, options.platform().ticker());
        Duration grace = options.timeouts().force().minus(options.timeouts().graceful());
        this.supervisor = new Supervisor(specs, options.platform(), events, Patience.alone(grace), new Progress());
        this.commands = new Commands(supervisor);
        this.start = new StartSequence(supervisor, this::startSucceeded, this::startFailed);
        this.stop = new StopSequence(supervisor, options.timeouts(), options.platform().ticker(), options.platform().timer());
    }

    /**
     * Starts everything.
     *
     * @throws SubsystemException if a critical subsystem did not start; names it
     * @throws DaemonStateException if the daemon was told to shut down before it had started
     */
    public void start() {
        supervisor.post(() -> {
            if (!stop.hasBegun()) {
                begin();
            }
        });
        try {
            start.result().get();
        } catch (ExecutionException failed) {
            awaitStop();
            throw (DaemonException) failed.getCause();
        } catch (InterruptedException interrupted) {
            String late = firstIn(SubsystemState.STARTING).or(() -> firstIn(SubsystemState.WAITING)).orElse("none");
            stop(new ShutdownReason.Requested("an interrupt of the start"));
            Thread.currentThread().interrupt();
            throw new SubsystemException(ErrorCode.START_FAILED, late,
                    "the daemon does not start because the start was interrupted while subsystem '" + late + "' was starting",
                    interrupted);
        }
    }

    /** Stops everything. */
    public void stop(ShutdownReason reason) {
        Exit fixed = exit.get();
        supervisor.post(() -> beginStop(fixed == null ? reason : fixed.reason()));
        awaitStop();
    }

    /** Whether every critical subsystem has been RUNNING; once true, always true. Reads a field. */
    public boolean hasStarted() {
        return started;
    }

    /** Whether the supervisor itself has hung for ten seconds, so that only a new process can help. Reads fields. */
    public boolean isStuck() {
        return supervisor.busy().compareTo(STUCK) >= 0;
    }

    /** The exit code fixed by {@link #shutdown(int)} or by the failure of a critical subsystem; empty if neither came. */
    public OptionalInt exitCode() {
        Exit fixed = exit.get();
        return fixed == null ? OptionalInt.empty() : OptionalInt.of(fixed.code());
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public DaemonState state() {
        DaemonState now = state;
        return now == DaemonState.RUNNING && draining ? DaemonState.DRAINING : now;
    }

    @Override
    public List<SubsystemInfo> subsystems() {
        return Arrays.stream(supervisor.family().inStartOrder()).map(Snapshots::of).toList();
    }

    @Override
    public Optional<SubsystemInfo> subsystem(String name) {
        return Optional.ofNullable(supervisor.family().get(name)).map(Snapshots::of);
    }

    @Override
    public CompletionStage<Void> start(String name) {
        return commands.start(known(name));
    }

    @Override
    public CompletionStage<Void> stop(String name) {
        return commands.stop(known(name));
    }

    @Override
    public CompletionStage<Void> restart(String name) {
        return commands.restart(known(name));
    }

    @Override
    public void shutdown() {
        shutdown(0);
    }

    @Override
    public void shutdown(int code) {
        if (code < 0 || code > 255) {
            throw new DaemonStateException(ErrorCode.WRONG_STATE,
                    "the exit code " + code + " is none a process can have; use 0 to 255");
        }
        exit(code, new ShutdownReason.Requested("Daemon.shutdown(" + code + ")"));
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

    /** STUB. */
    public Optional<Errand> beginErrand(String subsystem) {
        boolean open = state() == DaemonState.RUNNING || state() == DaemonState.STARTING && !draining;
        return subsystem(subsystem).filter(info -> open && info.state() == SubsystemState.RUNNING)
                .<Errand> map(info -> new Errand.Stub());
    }

    private void begin() {
        try {
            start.begin();
        } catch (RuntimeException | Error bug) {
            beginStop(new ShutdownReason.Requested("an internal error: " + bug));
            throw bug;
        }
    }

    private void startSucceeded() {
        started = true;
        state = DaemonState.RUNNING;
    }

    private void startFailed(SubsystemException failure) {
        beginStop(new ShutdownReason.Error(failure.subsystem(), failure));
    }

    private void beginStop(ShutdownReason reason) {
        if (!stop.hasBegun()) {
            state = DaemonState.STOPPING;
            start.cancel(new DaemonStateException(ErrorCode.WRONG_STATE,
                    "the daemon does not start because it was told to shut down: " + ReasonText.of(reason)));
            stop.begin(reason);
        }
    }

    private void awaitStop() {
        boolean interrupted = false;
        try {
            Duration longest = options.timeouts().kill().plus(MARGIN);
            while (true) {
                try {
                    if (!stop.await(longest)) {
                        LOG.errorf("The shutdown of %s is not over after %s; it is left to itself", name(), longest);
                    }
                    dispatcher.close(MARGIN.toMillis());
                    return;
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void exit(int code, ShutdownReason reason) {
        if (exit.compareAndSet(null, new Exit(code, reason))) {
            options.platform().threads().startOrRun("proc-daemon-exit", () -> options.exit().accept(code));
            supervisor.post(() -> {
                if (!started) {
                    beginStop(reason);
                }
            });
        }
    }

    private Node known(String name) {
        Node node = supervisor.family().get(name);
        if (node == null) {
            throw new SubsystemNotFoundException(name,
                    Arrays.stream(supervisor.family().inStartOrder()).map(Node::name).toList());
        }
        return node;
    }

    private Optional<String> firstIn(SubsystemState wanted) {
        return Arrays.stream(supervisor.family().inStartOrder()).filter(node -> node.lifecycle().state() == wanted)
                .map(Node::name).findFirst();
    }

    /** How the process is to end. */
    private record Exit(int code, ShutdownReason reason) {
    }

    /** What the daemon makes of what happens to its subsystems. Called in the mailbox. */
    private final class Progress implements Milestones {

        @Override
        public void running(Node node) {
            start.running(node);
        }

        @Override
        public void down(Node node) {
            if (stop.hasBegun()) {
                return;
            }
            if (!started) {
                start.down(node);
            } else if (node.lifecycle().state() == SubsystemState.FAILED && node.spec().settings().critical()) {
                exit(1, new ShutdownReason.Error(node.name(), node.lifecycle().status().lastFailure().cause()));
            }
        }

        @Override
        public void allDown() {
            state = DaemonState.STOPPED;
            stop.allDown();
        }
    }
}
