package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.EventSink;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.SubsystemRegistry.Change;

/**
 * The one writer of all subsystems' states. {@link #on} handles a message, {@link #nextOutcome} works off what follows from it.
 * All methods but {@link #registry()} are for the event loop only.
 * <p>
 * A crash: {@link RunDriver} makes {@link Message.PhaseEnded} a failure and has the dependents end, {@link DependencyScheduler}
 * says who is to stop next, {@link AfterRun} decides what follows, {@link Message.BackOffOver} makes it WAITING again.
 */
public final class Supervisor {

    private final EventLoop<Message> loop;
    private final Queue<Change> changes = new ArrayDeque<>();
    private final Queue<Outcome> outcomes = new ArrayDeque<>();
    private final SubsystemRegistry registry;
    private final DependencyScheduler scheduler = new DependencyScheduler();
    private final StopEscalation escalation;
    private final RunMonitors monitors;
    private final RunDriver driver;
    private final DesiredState desired;
    private final StartGate gate = new StartGate();
    private final CommandDesk commands;
    private final AfterRun after;
    private boolean startingAll;
    /** All are to stop, and it is still to be reported that they have. */
    private boolean stoppingAll;

    /** What the supervisor has found out that concerns the whole daemon. */
    public sealed interface Outcome {

        /** Every critical subsystem has been RUNNING. */
        record StartSucceeded() implements Outcome {
        }

        record StartFailed(SubsystemException failure) implements Outcome {
        }

        /** A subsystem has failed for good, and its settings say that the daemon is to end then. */
        record Exhausted(String subsystem, Failure failure) implements Outcome {
        }

        record AllDown() implements Outcome {
        }
    }

    /**
     * @param inStartOrder each after those that it depends on
     * @param jitter a number from 0, included, to 1, excluded, that spreads restarts and probes; called on the event loop
     * @param retriesStart whether a start that fails before the daemon was ever RUNNING is tried again
     * @param draining whether a drain is on, during which no body is called again
     */
    public Supervisor(List<SubsystemSpec> inStartOrder, Platform platform, EventLoop<Message> loop, EventSink sink,
            Duration grace, DoubleSupplier jitter, boolean retriesStart, BooleanSupplier draining) {
        this.loop = loop;
        this.registry = new SubsystemRegistry(inStartOrder, loop.now(), sink);
        this.escalation = new StopEscalation(registry, loop, changes, grace);
        this.monitors = new RunMonitors(platform, loop, jitter);
        this.driver = new RunDriver(registry, platform, loop, scheduler, escalation, monitors, changes, draining);
        this.desired = new DesiredState(registry, scheduler, changes);
        this.commands = new CommandDesk(registry, desired, gate, sink, platform.threads());
        this.after = new AfterRun(loop, jitter, retriesStart, scheduler, gate, commands, outcomes);
    }

    /** All subsystems. Any thread may call this. */
    public SubsystemRegistry registry() {
        return registry;
    }

    /** Handles a message. */
    public void on(Message message) {
        if (message instanceof Message.PhaseEnded ended) {
            driver.phaseEnded(ended);
        } else if (message instanceof Message.FailedBeside failed) {
            driver.failedBeside(failed);
        } else if (message instanceof Message.Command command) {
            commands.handle(command);
        } else if (message instanceof Message.Register register) {
            ManagedSubsystem registered = commands.register(register);
            if (registered != null) {
                after.reviewWaiting(registered);
            }
        } else if (message instanceof Message.ProbesWait) {
            monitors.probesWait();
        } else if (message instanceof Message.ProbeOverdue || message instanceof Message.ProbeAnswered) {
            on((Message.OfMonitor) message, registry.get(((Message.OfMonitor) message).run().subsystem()));
        } else if (message instanceof Message.OfRun ofRun) {
            on(ofRun, registry.current(ofRun.run()));
        } else {
            throw new IllegalStateException("no handler for " + message);
        }
    }

    /** @param subsystem whose current run it is about, or an earlier one's health check; null if there is none */
    private void on(Message.OfRun message, @Nullable ManagedSubsystem subsystem) {
        if (subsystem == null) {
            return;
        }
        if (message instanceof Message.WorkEnded) {
            driver.advance(subsystem);
        } else if (message instanceof Message.StartOverdue overdue) {
            driver.fail(subsystem, SubsystemEvent.Phase.START, monitors.startOverdue(overdue, subsystem, registry));
        } else if (message instanceof Message.StopOverdue) {
            escalation.force(subsystem);
        } else if (message instanceof Message.InterruptIgnored) {
            escalation.abandon(subsystem);
        } else if (message instanceof Message.BackOffOver) {
            after.comeBack(subsystem);
        } else if (message instanceof Message.OfMonitor watched) {
            driver.fail(subsystem, SubsystemEvent.Phase.RUN, monitors.on(watched, subsystem));
        } else {
            throw new IllegalStateException("no handler for " + message);
        }
    }

    /**
     * Works off what follows, until something concerns the whole daemon; null when all is done. In this order: what has
     * changed, outcomes, who is to stop, who may start, who is wanted.
     */
    public @Nullable Outcome nextOutcome() {
        while (true) {
            Change change = changes.poll();
            if (change != null) {
                conclude(change.kind(), change.subsystem());
            } else if (!outcomes.isEmpty()) {
                return outcomes.poll();
            } else if (startingAll && !desired.isAnyToCome()) {
                startingAll = false;
                after.allWanted();
            } else if (!workOff() && !desired.wantNext()) {
                return gate.succeeds() ? new Outcome.StartSucceeded() : areAllDown() ? new Outcome.AllDown() : null;
            }
        }
    }

    /** Whether all have ended that were to stop; true once. Looks at each, as a count would be wrong after a bug. */
    private boolean areAllDown() {
        boolean down = stoppingAll && !registry.isAnyActive();
        stoppingAll &= !down;
        return down;
    }

    private void conclude(Change.Kind kind, ManagedSubsystem subsystem) {
        switch (kind) {
            case RUNNING -> {
                commands.running(subsystem);
                gate.settled(subsystem);
            }
            case ENDED -> after.ended(subsystem, desired.isNoneWanted());
            case ABANDONED -> after.abandoned(subsystem);
            case AT_REST -> after.atRest(subsystem);
        }
    }

    /** Stops come first: a subsystem must not start on what is about to go. False if nothing is due. */
    private boolean workOff() {
        loop.now().step();
        ManagedSubsystem stopping = scheduler.nextToStop();
        ManagedSubsystem starting = stopping == null ? scheduler.nextToStart() : null;
        if (stopping != null) {
            driver.askToStop(stopping);
        } else if (starting != null) {
            driver.start(starting);
        }
        return stopping != null || starting != null;
    }

    /** All are wanted from now on, also those that are registered later. */
    public void startAll() {
        startingAll = true;
        after.startBegins(registry.inStartOrder());
        desired.wantAll();
    }

    /** None is wanted any more; those that have not ended by then, on the clock, are interrupted. */
    public void stopAll(ShutdownReason reason, long interrupt) {
        escalation.together(interrupt);
        gate.close();
        startingAll = false;
        desired.stopAll(reason);
        stoppingAll = true;
    }

    /** While all stop: when those that have not ended are interrupted, on the clock. */
    public void interruptAt(long interrupt) {
        escalation.together(interrupt);
    }

    /** How long after its interrupt a run is abandoned that stops while the others go on. */
    public void grace(Duration grace) {
        escalation.alone(grace);
    }

    /** All are down after {@link #stopAll}, and may be started again as if for the first time. */
    public void reopen() {
        desired.reopen();
        stoppingAll = false;
        escalation.reopen();
    }

    /** For the steps of a shutdown: interrupts or abandons what was asked to stop and has not ended. */
    public StopEscalation escalation() {
        return escalation;
    }

    /** Settings may have changed. */
    public void settingsChanged() {
        monitors.settingsChanged(registry.inStartOrder());
        gate.settingsChanged(registry.inStartOrder());
    }

    /** After a reload: restarts those that read a changed key when they start. Returns all that are, in start order. */
    List<String> restartFor(ConfigChange change) {
        List<String> restarted = desired.restartFor(change);
        registry.inStartOrder().forEach(after::reviewWaiting);
        return restarted;
    }

    /** After a bug, and after each message from then on: all are to stop by what they are, not by what was counted. */
    public void stopAfter(Throwable bug, ShutdownReason reason) {
        commands.failAll(bug);
        if (desired.isNoneWanted()) {
            desired.stopAll(reason);
            escalation.afterBug();
            registry.inStopOrder().forEach(scheduler::review);
            registry.inStopOrder().stream().filter(ManagedSubsystem::isActive).forEach(driver::advance);
            stoppingAll = true;
        }
    }
}
