package io.quarkiverse.procdaemon.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.EventBus;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.DependencyGraph;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.loop.TimerQueue;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Phase;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.DaemonStatus;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.Drain;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.Draining;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownCoordinator;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ReloadVote;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Supervisor;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Supervisor.Outcome;

/**
 * What the event loop hands its messages to: has the supervisor handle them, and acts on what concerns the whole daemon. Any
 * thread may call the package-private methods; the private ones are for the event loop only.
 */
final class Core {

    private final Platform platform;
    private final EventLoop<Message> loop;
    private final Supervisor supervisor;
    private final DaemonStatus status;
    private final ShutdownCoordinator shutdown;
    /** About a reload; null if there is none. Confined to the event loop. */
    private @Nullable ReloadVote vote;
    private final BugResponse afterBug;
    /** Of what is to be done after a bug; null if that was done. Confined to the event loop. */
    private TimerQueue.@Nullable Timeout<Message> nextTry;
    /** Those that wait for a shutdown to be over. Confined to the event loop. */
    private final List<CompletableFuture<Void>> comebacks = new ArrayList<>();

    /** @throws io.quarkiverse.procdaemon.InvalidConfigurationException if the dependencies cannot be put in an order */
    Core(EngineOptions options, EventBus events, List<SubsystemSpec> specs) {
        Drain drain = new Drain();
        this.platform = options.platform();
        this.loop = new EventLoop<>(platform.threads(), platform.clock(), this::on, () -> shutdown().outOfMemory());
        this.supervisor = new Supervisor(DependencyGraph.inStartOrder(specs), platform, loop, events,
                options.timeouts().grace(), options.jitter(), options.retriesStart(), drain::isOn);
        this.status = new DaemonStatus(new Draining(options.name(), drain, supervisor.registry(), loop, events), events);
        this.shutdown = new ShutdownCoordinator(options.name(), platform, loop, options.process(), options.timeouts(),
                supervisor, events, status);
        this.afterBug = new BugResponse(supervisor, status, shutdown);
    }

    EventLoop<Message> loop() {
        return loop;
    }

    Supervisor supervisor() {
        return supervisor;
    }

    ShutdownCoordinator shutdown() {
        return shutdown;
    }

    DaemonStatus status() {
        return status;
    }

    private void on(Message message) {
        try {
            if (message instanceof Message.Step step) {
                step.run();
            } else if (message instanceof Message.ReloadOverdue overdue) {
                if (vote != null) {
                    vote.overdue(overdue.run());
                }
            } else {
                supervisor.on(message);
                if (vote != null && message instanceof Message.PhaseEnded ended && ended.phase() == Phase.RELOAD) {
                    vote.answered(ended.run(), ended.failure());
                }
            }
            workOff();
            reviewVote();
        } catch (OutOfMemoryError full) {
            afterBug.outOfMemory(full);
        } catch (Throwable thrown) {
            afterBug.failed(thrown);
        }
        if (afterBug.isNeeded()) {
            boolean done = true;
            for (Runnable step : afterBug.steps()) {
                done &= BugResponse.attempt(step) & BugResponse.attempt(this::workOff);
            }
            done &= BugResponse.attempt(this::reviewVote);
            if (nextTry != null) {
                nextTry.cancel();
            }
            nextTry = done ? null : loop.at(loop.now().nanos() + BugResponse.AGAIN, afterBug);
        }
    }

    private void workOff() {
        for (Outcome outcome; (outcome = supervisor.nextOutcome()) != null;) {
            if (outcome instanceof Outcome.StartSucceeded) {
                status.startSucceeded();
            } else if (outcome instanceof Outcome.StartFailed failed) {
                startFailed(failed.failure());
            } else if (outcome instanceof Outcome.Exhausted exhausted) {
                if (!shutdown.isStopping()) {
                    shutdown.request(1, new ShutdownReason.SubsystemFailed(exhausted.subsystem(), exhausted.failure()));
                }
            } else {
                allDown();
            }
        }
    }

    private void reviewVote() {
        if (vote != null) {
            vote.review(shutdown.hasBegun());
            if (vote.isOver()) {
                // It holds a configuration.
                vote = null;
                // It may have restarted some.
                workOff();
            }
        }
    }

    private void startFailed(SubsystemException failure) {
        shutdown.begin(new ShutdownReason.SubsystemFailed(failure.subsystem(), Thrown.of(failure)
                .failure(SubsystemEvent.Phase.START, supervisor.registry().get(failure.subsystem()).status().generation(),
                        platform.clock().now())),
                OptionalInt.of(1));
        // The thread that waits for it stops everything, too, but knows no exit code.
        status.startFailed(failure);
        shutdown.stopNow();
    }

    private void allDown() {
        shutdown.allDown();
        if (!comebacks.isEmpty()) {
            loop.post((Message.Step) this::undoShutdown);
        }
    }

    /**
     * Starts everything, unless the shutdown has begun, and waits until that is over.
     *
     * @param hangs whether the event loop hangs, so that it never will be
     * @return false if it hangs
     * @throws ExecutionException with why the start has failed
     */
    boolean start(BooleanSupplier hangs) throws ExecutionException, InterruptedException {
        Future<Void> over = status.start();
        loop.post((Message.Step) () -> {
            if (!shutdown.hasBegun()) {
                supervisor.startAll();
            }
        });
        while (true) {
            try {
                over.get(1, TimeUnit.SECONDS);
                return true;
            } catch (TimeoutException goesOn) {
                if (hangs.getAsBoolean()) {
                    return false;
                }
            }
        }
    }

    /** Asks those that run. */
    CompletionStage<List<String>> ask(ReloadVote.Proposal proposal) {
        ReloadVote next = new ReloadVote(supervisor, loop, platform.threads(), proposal);
        loop.post((Message.Step) () -> {
            if (vote == null) {
                vote = next;
            } else {
                next.refuse();
            }
        });
        return next.result();
    }

    /** What was begun by the old settings goes on by the new ones. */
    void settingsChanged() {
        loop.post((Message.Step) supervisor::settingsChanged);
    }

    /**
     * Waits for the end of a shutdown that is under way and, if the application goes on, starts everything again.
     *
     * @param command what to do then
     * @return completes as the command does
     */
    CompletionStage<Void> comeBack(Supplier<CompletionStage<Void>> command) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        CompletionStage<Void> result = over.thenCompose(any -> commanded(command));
        loop.post((Message.Step) () -> {
            comebacks.add(over);
            if (status.state() == DaemonState.STOPPED || !shutdown.hasBegun()) {
                undoShutdown();
            }
        });
        return result;
    }

    /** What callers chain to a failure is their code, too. */
    private CompletionStage<Void> commanded(Supplier<CompletionStage<Void>> command) {
        try {
            return command.get();
        } catch (Throwable refused) {
            CompletableFuture<Void> failed = new CompletableFuture<>();
            platform.threads().reuseOrRun("proc-daemon-promises", () -> failed.completeExceptionally(refused));
            return failed;
        }
    }

    private void undoShutdown() {
        List<CompletableFuture<Void>> due = List.copyOf(comebacks);
        comebacks.clear();
        boolean again = shutdown.undo();
        // Before anything starts, so that a start which fails finds who waits for it.
        due.forEach(over -> over.complete(null));
        if (again) {
            afterBug.forget();
            status.startsAgain();
            supervisor.startAll();
        }
    }
}
