package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

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
            started.fail(subsystem, Errors.superseded(subsystem.name(), "is not started because the daemon is shutting down"));
        } else if (subsystem.leaving) {
            started.fail(subsystem, Errors.superseded(subsystem.name(), "is not started because it is being unregistered"));
        } else if (subsystem.isAbandoned()) {
            started.fail(subsystem, Errors.abandoned(subsystem));
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
            unregistered.fail(subsystem, Errors.abandoned(subsystem));
        } else {
            registry.remove(subsystem);
            gate.settled(subsystem);
            sink.unregistered(subsystem.name());
            unregistered.succeed(subsystem);
        }
    }

    /** Adds a subsystem, which is started if the others have been. Null if it was refused. */
    @Nullable
    ManagedSubsystem register(Message.Register command) {
        try {
            if (desired.isNoneWanted()) {
                throw new DaemonStateException(ErrorCode.WRONG_STATE, "subsystem '" + command.spec().name()
                        + "' is not registered because the daemon is shutting down");
            }
            ManagedSubsystem subsystem = registry.add(command.spec());
            try {
                gate.include(subsystem);
            } catch (Throwable noSettings) {
                registry.remove(subsystem);
                throw noSettings;
            }
            sink.registered(subsystem.name());
            desired.registered(subsystem);
            started.add(subsystem, command.started());
            return subsystem;
        } catch (Throwable refused) {
            started.refuse(command.started(), refused);
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
            if (stopped.has(subsystem)) {
                stopped.fail(subsystem, Errors.last(subsystem));
            }
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
        if (started.has(subsystem)) {
            started.fail(subsystem, subsystem.state() == SubsystemState.FAILED ? Errors.last(subsystem)
                    : Errors.superseded(subsystem.name(), "was stopped before it was RUNNING"));
        }
        review();
    }

    /** Fails the starts of WAITING subsystems that cannot come up by themselves. Costs nothing if there is none. */
    void review() {
        for (ManagedSubsystem waiting : started.subsystems()) {
            review(waiting);
        }
    }

    /** The same for one that has just begun to wait. */
    void review(ManagedSubsystem subsystem) {
        if (!desired.isNoneWanted() && started.has(subsystem) && subsystem.state() == SubsystemState.WAITING) {
            ManagedSubsystem obstacle = DependencyScheduler.unwantedBelow(subsystem);
            if (obstacle != null) {
                started.fail(subsystem, Errors.unavailable(subsystem, obstacle));
            }
        }
    }

    void failAll(Throwable why) {
        started.failAll(why);
        stopped.failAll(why);
        unregistered.failAll(why);
    }
}
