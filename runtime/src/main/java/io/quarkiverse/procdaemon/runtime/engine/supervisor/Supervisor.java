package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.EventSink;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Phase;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.run.Status;

/**
 * The one writer of all subsystems' states. {@link #on} handles a message, {@link #next} works off what follows from it. All
 * methods but {@link #registry()} are for the event loop only.
 * <p>
 * A crash becomes a restart here: a run reports {@link Message.PhaseEnded}; {@link RunDriver} makes it a failure and has the
 * dependents end; the {@link DependencyScheduler} says whose turn it is to stop; when the run is cleaned up
 * {@link RestartDecision} says what is next, and {@link Message.BackOffOver} makes it WAITING again.
 */
public final class Supervisor {

    private final EventLoop<Message> loop;
    private final Platform platform;
    private final Jitter jitter;
    private final boolean retriesStart;
    private final Queue<Change> changes = new ArrayDeque<>();
    private final Queue<Outcome> outcomes = new ArrayDeque<>();
    private final SubsystemRegistry registry;
    private final DependencyScheduler scheduler = new DependencyScheduler();
    private final StopEscalation escalation;
    private final RunDriver driver;
    private final DesiredState desired;
    private final StartGate gate = new StartGate();
    private final CommandDesk commands;
    private ReloadVote vote;
    private int active;
    private boolean startingAll;
    private boolean stoppingAll;

    /**
     * @param loop handles the messages of runs and timers
     * @param deadlines how long a run that is to end is waited for
     * @param jitter spreads restarts
     * @param retriesStart whether a start that fails before the daemon was ever RUNNING is tried again
     * @throws io.quarkiverse.procdaemon.InvalidConfigurationException if the dependencies cannot be put in an order
     */
    public Supervisor(List<SubsystemSpec> specs, Platform platform, EventLoop<Message> loop, EventSink sink,
            StopDeadlines deadlines, Jitter jitter, boolean retriesStart) {
        this.loop = loop;
        this.platform = platform;
        this.jitter = jitter;
        this.retriesStart = retriesStart;
        this.registry = new SubsystemRegistry(specs, loop.now(), new EventSequence(sink));
        this.escalation = new StopEscalation(platform.clock(), deadlines);
        this.driver = new RunDriver(registry, platform, loop, scheduler, escalation, changes);
        this.desired = new DesiredState(registry, scheduler, changes);
        this.commands = new CommandDesk(registry, desired, gate, sink, platform.threads());
    }

    /** All subsystems; any thread may call this. */
    public SubsystemRegistry registry() {
        return registry;
    }

    /** Handles a message. What follows from it is for {@link #next}. */
    public void on(Message message) {
        if (message instanceof Message.Command command) {
            commands.handle(command);
        } else if (message instanceof Message.Register register) {
            ManagedSubsystem registered = commands.register(register);
            if (registered != null) {
                reviewWaiting(registered);
            }
        } else if (message instanceof Message.PhaseEnded ended) {
            driver.phaseEnded(ended);
            if (vote != null && ended.phase() == Phase.RELOAD) {
                vote.answered(ended.run(), ended.failure());
            }
        } else if (message instanceof Message.WorkFailed failed) {
            driver.workFailed(failed);
        } else if (message instanceof Message.ProbesWait wait) {
            wait.threads().look(wait.first());
        } else if (message instanceof Message.ReloadOverdue overdue) {
            if (vote != null) {
                vote.overdue(overdue.run());
            }
        } else if (message instanceof Message.ProbeOverdue || message instanceof Message.ProbeAnswered) {
            onProbe((Message.OfRun) message);
        } else if (message instanceof Message.OfRun ofRun) {
            ManagedSubsystem subsystem = registry.current(ofRun.run());
            if (subsystem != null) {
                on(ofRun, subsystem);
            }
        } else {
            throw new IllegalArgumentException("no message for the supervisor: " + message);
        }
    }

    /** The run is the current one of the subsystem. */
    private void on(Message.OfRun message, ManagedSubsystem subsystem) {
        if (message instanceof Message.WorkEnded) {
            driver.advance(subsystem);
        } else if (message instanceof Message.StartOverdue overdue) {
            driver.startOverdue(subsystem, overdue);
        } else if (message instanceof Message.StopOverdue) {
            escalation.force(subsystem);
        } else if (message instanceof Message.InterruptIgnored) {
            abandon(subsystem);
        } else if (message instanceof Message.BackOffOver) {
            subsystem.backOff = null;
            comeBack(subsystem);
        } else if (message instanceof Message.HeartbeatDue) {
            driver.heartbeatDue(subsystem);
        } else if (message instanceof Message.ProbeDue) {
            driver.judged(subsystem, subsystem.health().due());
        } else {
            throw new IllegalArgumentException("no message for the supervisor: " + message);
        }
    }

    /** The call may be one of an earlier run. */
    private void onProbe(Message.OfRun message) {
        ManagedSubsystem subsystem = registry.get(message.run().subsystem());
        if (subsystem != null && subsystem.health() != null) {
            driver.judged(subsystem,
                    message instanceof Message.ProbeOverdue overdue ? subsystem.health().overdue(overdue.call())
                            : subsystem.health().answered(((Message.ProbeAnswered) message).call()));
        }
    }

    /** Works off what follows until something happens that concerns the whole daemon; null when all is done. */
    public Outcome next() {
        while (true) {
            Change change = changes.poll();
            if (change != null) {
                conclude(change);
            } else if (!outcomes.isEmpty()) {
                return outcomes.poll();
            } else if (!workOff() && !desired.wantNext() && !reviewStart()) {
                return gate.succeeds() ? new Outcome.StartSucceeded() : null;
            }
        }
    }

    /** Stops come first: a subsystem must not start on what is about to go. False if nothing is due. */
    private boolean workOff() {
        ManagedSubsystem subsystem = scheduler.nextToStop();
        if (subsystem != null) {
            loop.now().step();
            driver.askToStop(subsystem);
            return true;
        }
        subsystem = scheduler.nextToStart();
        if (subsystem != null) {
            loop.now().step();
            active++;
            driver.start(subsystem);
            return true;
        }
        return false;
    }

    private void conclude(Change change) {
        ManagedSubsystem subsystem = change.subsystem();
        switch (change.kind()) {
            case RUNNING -> {
                commands.running(subsystem);
                gate.settled(subsystem);
            }
            case ENDED -> ended(subsystem);
            case ABANDONED -> {
                RestartSettings settings = subsystem.spec().settings().restart();
                down(subsystem);
                exhausted(subsystem, settings);
            }
            case AT_REST -> rest(subsystem);
        }
    }

    private void ended(ManagedSubsystem subsystem) {
        if (desired.isNoneWanted()) {
            subsystem.wanted = false;
        }
        RestartSettings settings = subsystem.spec().settings().restart();
        boolean startsOnce = !retriesStart && subsystem.startFailed && gate.isHeldUpBy(subsystem);
        RestartDecision decision = RestartDecision.of(subsystem, settings, startsOnce, platform.clock().nanos(), jitter);
        subsystem.wanted = decision.isWanted();
        switch (decision.next()) {
            case STOPPED -> subsystem.lifecycle().stopped();
            case RESTARTING -> subsystem.lifecycle().restartAfter(decision.delay(), decision.budget());
            case GIVEN_UP, CLEAN_UP_FAILED -> {
                if (subsystem.failure == null) {
                    subsystem.lifecycle().fail(SubsystemEvent.Phase.RUN, Thrown.of(Errors.returned(subsystem)));
                }
                subsystem.lifecycle().giveUp(decision.reason());
            }
        }
        down(subsystem);
        if (decision.next() == RestartDecision.Next.GIVEN_UP) {
            exhausted(subsystem, settings);
        }
    }

    private void exhausted(ManagedSubsystem subsystem, RestartSettings settings) {
        if (settings.shutdownWhenExhausted()) {
            outcomes.add(new Outcome.Exhausted(subsystem.name(), subsystem.status().lastFailure()));
        }
    }

    private void down(ManagedSubsystem subsystem) {
        active--;
        scheduler.release(subsystem);
        subsystem.forgetRun();
        commands.ended(subsystem);
        if (subsystem.state() == SubsystemState.RESTARTING) {
            comeBackLater(subsystem);
        } else if (subsystem.wanted) {
            comeBack(subsystem);
        } else {
            rest(subsystem);
        }
        if (stoppingAll && active == 0) {
            outcomes.add(new Outcome.AllDown());
        }
    }

    private void comeBackLater(ManagedSubsystem subsystem) {
        Status status = subsystem.status();
        Duration delay = Duration.ofNanos(status.nextAttempt() - status.at());
        if (delay.isZero()) {
            comeBack(subsystem);
        } else {
            subsystem.backOff = loop.after(delay, new Message.BackOffOver(subsystem.run()));
        }
    }

    private void comeBack(ManagedSubsystem subsystem) {
        scheduler.await(subsystem);
        reviewWaiting(subsystem);
    }

    /** It may wait in vain: what is in its way may be down for long, and a start must not wait for ever. */
    private void reviewWaiting(ManagedSubsystem subsystem) {
        commands.review(subsystem);
        if (gate.isOpen() && subsystem.state() == SubsystemState.WAITING) {
            ManagedSubsystem obstacle = CommandDesk.unwantedBelow(subsystem);
            if (obstacle != null && !obstacle.isActive()) {
                fallen(obstacle);
            }
        }
    }

    /** It is STOPPED or FAILED and stays so. */
    private void rest(ManagedSubsystem subsystem) {
        commands.atRest(subsystem);
        fallen(subsystem);
    }

    private void fallen(ManagedSubsystem subsystem) {
        SubsystemException failure = gate.down(subsystem);
        if (failure != null) {
            outcomes.add(new Outcome.StartFailed(failure));
        }
    }

    /** All subsystems are wanted from now on, also those that are registered later. */
    public void startAll() {
        gate.open(registry.inStartOrder());
        desired.wantAll();
        startingAll = true;
    }

    /** When all have been wanted, some may wait in vain. */
    private boolean reviewStart() {
        if (!startingAll) {
            return false;
        }
        startingAll = false;
        commands.review();
        registry.inStartOrder().stream().filter(ManagedSubsystem::isAbandoned).forEach(this::fallen);
        return true;
    }

    /** No subsystem is wanted any more. Ends with {@link Outcome.AllDown}, at once if none is active. */
    public void stopAll(ShutdownReason reason, StopDeadlines common) {
        escalation.deadlines(common);
        gate.close();
        startingAll = false;
        desired.stopAll(reason);
        stoppingAll = true;
        if (active == 0) {
            outcomes.add(new Outcome.AllDown());
        }
    }

    /** All are down after {@link #stopAll}, and may be started again as if for the first time. */
    public void reopen(StopDeadlines next) {
        escalation.deadlines(next);
        desired.reopen();
        stoppingAll = false;
    }

    /** Runs that are asked to stop from now on are waited for so long. */
    public void deadlines(StopDeadlines next) {
        escalation.deadlines(next);
    }

    /** Interrupts all runs that were asked to stop and have not ended. */
    public void forceAll() {
        registry.inStopOrder().forEach(escalation::force);
    }

    /** Gives up on all runs that were asked to stop and have not ended, so that what they depend on can be asked. */
    public void abandonAll() {
        registry.inStopOrder().forEach(this::abandon);
    }

    /** Gives up on a run if it was asked to stop and has not ended. */
    public void abandon(ManagedSubsystem subsystem) {
        if (escalation.abandon(subsystem)) {
            changes.add(new Change(Change.Kind.ABANDONED, subsystem));
        }
    }

    /** The settings of subsystems may have changed. */
    public void settingsChanged() {
        registry.inStartOrder().stream().filter(subsystem -> subsystem.state() == SubsystemState.RUNNING)
                .forEach(driver::settingsChanged);
        gate.settingsChanged(registry.inStartOrder());
    }

    /** Asks those that run about a reload, unless they are being asked about another. */
    public void ask(ReloadVote next) {
        if (vote == null) {
            vote = next;
        } else {
            next.refuse();
        }
    }

    /**
     * To be called when all that follows from a message is done.
     *
     * @param ending whether the daemon is shutting down, which ends a vote
     */
    public void review(boolean ending) {
        if (vote != null) {
            vote.review(ending);
            if (vote.isOver()) {
                // It holds a configuration.
                vote = null;
            }
        }
    }

    /** A bug: what the last message should have changed may be half changed, so nobody may wait for it any more. */
    public void failPending(Throwable bug) {
        changes.clear();
        commands.failAll(bug);
    }
}
