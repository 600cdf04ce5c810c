package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.EventSink;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;

/** Carries out commands about single subsystems, and tells their callers what became of them. Confined to the event loop. */
final class CommandDesk {

    private final SubsystemRegistry registry;
    private final DesiredState desired;
    private final StartGate gate;
    private final EventSink sink;
    private final PendingCommands started;
    private final PendingCommands stopped;
    private final PendingCommands unregistered;

    /** @param threads where commands complete */
    CommandDesk(SubsystemRegistry registry, DesiredState desired, StartGate gate, EventSink sink, Threads threads) {
        this.registry = registry;
        this.desired = desired;
        this.gate = gate;
        this.sink = sink;
        this.started = new PendingCommands(threads);
        this.stopped = new PendingCommands(threads);
        this.unregistered = new PendingCommands(threads);
    }

    void handle(Message.Command command) {
        command.handled();
        ManagedSubsystem subsystem = registry.get(command.subsystem());
        if (subsystem == null) {
            stopped.refuse(command.promise(), Errors.superseded(command.subsystem(), "has been unregistered meanwhile"));
            return;
        }
        switch (command.kind()) {
            case START -> start(subsystem, command.promise());
            case RESTART -> {
                started.add(subsystem, command.promise());
                desired.replace(subsystem);
                bringUp(subsystem);
            }
            case STOP -> {
                stopped.add(subsystem, command.promise());
                desired.stop(subsystem);
                if (!subsystem.isActive()) {
                    stopped.succeed(subsystem);
                }
            }
            case UNREGISTER -> unregister(subsystem, command.promise());
        }
    }

    private void start(ManagedSubsystem subsystem, CompletableFuture<Void> promise) {
        started.add(subsystem, promise);
        if (subsystem.isAvailable()) {
            started.succeed(subsystem);
        } else {
            bringUp(subsystem);
        }
    }

    private void bringUp(ManagedSubsystem subsystem) {
        if (desired.isNoneWanted()) {
            started.fail(subsystem,
                    () -> Errors.superseded(subsystem.name(), "is not started because the daemon is shutting down"));
        } else if (subsystem.leaving) {
            started.fail(subsystem,
                    () -> Errors.superseded(subsystem.name(), "is not started because it is being unregistered"));
        } else if (subsystem.isAbandoned()) {
            started.fail(subsystem, () -> Errors.abandoned(subsystem));
        } else {
            desired.bringUp(subsystem);
            review();
        }
    }

    private void unregister(ManagedSubsystem subsystem, CompletableFuture<Void> promise) {
        if (!subsystem.dependents().isEmpty()) {
            unregistered.refuse(promise, Errors.stillNeeded(subsystem));
            return;
        }
        unregistered.add(subsystem, promise);
        subsystem.leaving = true;
        desired.stop(subsystem);
        if (!subsystem.isActive()) {
            leave(subsystem);
        }
    }

    /** It has ended, and leaves. */
    private void leave(ManagedSubsystem subsystem) {
        subsystem.leaving = false;
        // Another of its name must not run beside what is left of this one.
        if (subsystem.isAbandoned()) {
            unregistered.fail(subsystem, () -> Errors.abandoned(subsystem));
        } else {
            registry.remove(subsystem);
            gate.settled(subsystem);
            sink.unregistered(subsystem.name());
            unregistered.succeed(subsystem);
        }
    }

    /** Adds a subsystem, which is started if the others have been. Null if it was refused. */
    ManagedSubsystem register(Message.Register command) {
        try {
            if (desired.isNoneWanted()) {
                throw new DaemonStateException(ErrorCode.WRONG_STATE, "subsystem '" + command.spec().name()
                        + "' is not registered because the daemon is shutting down");
            }
            ManagedSubsystem subsystem = registry.add(command.spec());
            gate.await(subsystem);
            sink.registered(subsystem.name());
            desired.registered(subsystem);
            started.add(subsystem, command.started());
            command.registered().complete(null);
            return subsystem;
        } catch (Throwable refused) {
            command.registered().completeExceptionally(refused);
            return null;
        }
    }

    /** It is RUNNING. */
    void running(ManagedSubsystem subsystem) {
        started.succeed(subsystem);
    }

    /** Its run is over. */
    void ended(ManagedSubsystem subsystem) {
        Failure failure = subsystem.status().lastFailure();
        boolean unclean = failure != null && failure.phase() == SubsystemEvent.Phase.STOP
                && failure.generation() == subsystem.status().generation();
        if (unclean) {
            stopped.fail(subsystem, () -> Errors.last(subsystem));
        } else {
            stopped.succeed(subsystem);
        }
    }

    /** It is down and will not come back by itself. */
    void atRest(ManagedSubsystem subsystem) {
        if (subsystem.leaving) {
            leave(subsystem);
        }
        stopped.succeed(subsystem);
        started.fail(subsystem, () -> subsystem.state() == SubsystemState.FAILED ? Errors.last(subsystem)
                : Errors.superseded(subsystem.name(), "was stopped before it was RUNNING"));
        review();
    }

    /** Fails the starts of WAITING subsystems that cannot come up by themselves. Costs nothing if there is none. */
    void review() {
        started.subsystems().forEach(this::review);
    }

    /** The same for one that has just begun to wait. */
    void review(ManagedSubsystem subsystem) {
        if (!desired.isNoneWanted() && started.has(subsystem) && subsystem.state() == SubsystemState.WAITING) {
            ManagedSubsystem obstacle = DependencyScheduler.unwantedBelow(subsystem);
            if (obstacle != null) {
                started.fail(subsystem, () -> Errors.unavailable(subsystem, obstacle));
            }
        }
    }

    void failAll(Throwable why) {
        started.failAll(why);
        stopped.failAll(why);
        unregistered.failAll(why);
    }

    /**
     * Commands of one kind that have not been carried out; a subsystem without any costs nothing. They complete on a thread of
     * their own, because what a caller chained to them is the caller's code.
     */
    private static final class PendingCommands {

        private static final String THREAD = "proc-daemon-promises";

        private final Threads threads;
        private final Map<ManagedSubsystem, List<CompletableFuture<Void>>> pending = new LinkedHashMap<>();

        PendingCommands(Threads threads) {
            this.threads = threads;
        }

        void add(ManagedSubsystem subsystem, CompletableFuture<Void> promise) {
            pending.computeIfAbsent(subsystem, any -> new ArrayList<>(1)).add(promise);
        }

        boolean has(ManagedSubsystem subsystem) {
            return !pending.isEmpty() && pending.containsKey(subsystem);
        }

        /** The subsystems with any now, in the order in which they came. */
        List<ManagedSubsystem> subsystems() {
            return pending.isEmpty() ? List.of() : List.copyOf(pending.keySet());
        }

        void succeed(ManagedSubsystem subsystem) {
            if (has(subsystem)) {
                List<CompletableFuture<Void>> due = pending.remove(subsystem);
                threads.reuseOrRun(THREAD, () -> due.forEach(promise -> promise.complete(null)));
            }
        }

        void fail(ManagedSubsystem subsystem, Supplier<? extends Throwable> why) {
            if (has(subsystem)) {
                Throwable failure = why.get();
                List<CompletableFuture<Void>> due = pending.remove(subsystem);
                threads.reuseOrRun(THREAD, () -> due.forEach(promise -> promise.completeExceptionally(failure)));
            }
        }

        /** All fail with the same. */
        void failAll(Throwable why) {
            subsystems().forEach(subsystem -> fail(subsystem, () -> why));
        }

        /** Fails one that was never added. */
        void refuse(CompletableFuture<Void> promise, Throwable why) {
            threads.reuseOrRun(THREAD, () -> promise.completeExceptionally(why));
        }
    }
}
