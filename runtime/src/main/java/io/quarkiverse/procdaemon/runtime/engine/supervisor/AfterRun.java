package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.function.DoubleSupplier;

import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Status;

/**
 * What becomes of a subsystem whose run has ended: it comes back, at once or after its back-off, or it is at rest, which may
 * end the start of the daemon, or the daemon. Confined to the event loop.
 */
final class AfterRun {

    private final EventLoop<Message> loop;
    private final DoubleSupplier jitter;
    private final boolean retriesStart;
    private final DependencyScheduler scheduler;
    private final StartGate gate;
    private final CommandDesk commands;
    private final Queue<Supervisor.Outcome> outcomes;

    /**
     * @param jitter a number from 0, included, to 1, excluded, that spreads restarts
     * @param retriesStart whether a start that fails before the daemon was ever RUNNING is tried again
     * @param outcomes where it leaves what concerns the whole daemon
     */
    AfterRun(EventLoop<Message> loop, DoubleSupplier jitter, boolean retriesStart, DependencyScheduler scheduler,
            StartGate gate, CommandDesk commands, Queue<Supervisor.Outcome> outcomes) {
        this.loop = loop;
        this.jitter = jitter;
        this.retriesStart = retriesStart;
        this.scheduler = scheduler;
        this.gate = gate;
        this.commands = commands;
        this.outcomes = outcomes;
    }

    /**
     * Its run has ended and is cleaned up.
     *
     * @param allStop whether it is not wanted any more, as no other is
     */
    void ended(ManagedSubsystem subsystem, boolean allStop) {
        subsystem.wanted &= !allStop;
        RestartSettings settings = subsystem.spec().settings().restart();
        boolean startsOnce = !retriesStart && subsystem.startFailed && gate.isHeldUpBy(subsystem);
        RestartDecision decision = RestartDecision.of(subsystem, settings, startsOnce, loop.now().nanos(), jitter);
        subsystem.wanted = decision.isWanted();
        switch (decision.next()) {
            case STOPPED -> subsystem.lifecycle().stopped();
            case RESTARTING -> subsystem.lifecycle().restartAfter(decision.delay(), decision.budget());
            case GIVEN_UP, CLEAN_UP_FAILED -> {
                if (subsystem.failure == null) {
                    subsystem.lifecycle().fail(SubsystemEvent.Phase.RUN, Thrown.of(Errors.returned(subsystem)), false);
                }
                subsystem.lifecycle().giveUp(decision.reason());
            }
        }
        down(subsystem);
        if (decision.next() == RestartDecision.Next.GIVEN_UP) {
            exhausted(subsystem, settings);
        }
    }

    /** Its run would not end. It is FAILED. */
    void abandoned(ManagedSubsystem subsystem) {
        RestartSettings settings = subsystem.spec().settings().restart();
        down(subsystem);
        exhausted(subsystem, settings);
    }

    private void exhausted(ManagedSubsystem subsystem, RestartSettings settings) {
        if (settings.shutdownWhenExhausted()) {
            outcomes.add(new Supervisor.Outcome.Exhausted(subsystem.name(), subsystem.status().lastFailure()));
        }
    }

    private void down(ManagedSubsystem subsystem) {
        scheduler.release(subsystem);
        subsystem.forgetRun();
        commands.ended(subsystem);
        if (subsystem.state() == SubsystemState.RESTARTING) {
            comeBackLater(subsystem);
        } else if (subsystem.wanted) {
            comeBack(subsystem);
        } else {
            subsystem.lifecycle().endOutage(false);
            atRest(subsystem);
        }
    }

    private void comeBackLater(ManagedSubsystem subsystem) {
        Status status = subsystem.status();
        Duration delay = Duration.ofNanos(status.nextAttempt() - status.at());
        if (delay.isZero()) {
            comeBack(subsystem);
        } else {
            subsystem.timeout(loop.after(delay, new Message.BackOffOver(subsystem.run())));
        }
    }

    /** It waits for its dependencies. */
    void comeBack(ManagedSubsystem subsystem) {
        subsystem.timeout(null);
        scheduler.enqueue(subsystem);
        reviewWaiting(subsystem);
    }

    /** It may wait in vain: what is in its way may be down for long, and a start must not wait for ever. */
    void reviewWaiting(ManagedSubsystem subsystem) {
        commands.review(subsystem);
        if (gate.isOpen() && subsystem.state() == SubsystemState.WAITING) {
            ManagedSubsystem obstacle = DependencyScheduler.unwantedBelow(subsystem);
            if (obstacle != null && !obstacle.isActive()) {
                fallen(obstacle);
            }
        }
    }

    /** It is STOPPED or FAILED and stays so. */
    void atRest(ManagedSubsystem subsystem) {
        commands.atRest(subsystem);
        fallen(subsystem);
    }

    /** It will not start by itself, which may be the end of the start. */
    void fallen(ManagedSubsystem subsystem) {
        SubsystemException failure = gate.down(subsystem);
        if (failure != null) {
            outcomes.add(new Supervisor.Outcome.StartFailed(failure));
        }
    }

    /** After a start of all: some may wait in vain. */
    void allWanted() {
        commands.review();
    }

    /** A start of all begins. What was abandoned earlier may be in its way. */
    void startBegins(List<ManagedSubsystem> all) {
        gate.open(all);
        all.stream().filter(ManagedSubsystem::isAbandoned).forEach(this::fallen);
    }
}
