package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.Queue;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.PhaseCode;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Phase;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;
import io.quarkiverse.procdaemon.runtime.engine.time.Excuses;

/**
 * Takes each run from one phase to the next: start, body, shutdown actions and work in flight, clean-up. Confined to the event
 * loop.
 */
final class RunDriver {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private final SubsystemRegistry registry;
    private final Platform platform;
    private final EventLoop<Message> loop;
    private final DependencyScheduler scheduler;
    private final StopEscalation escalation;
    private final RunMonitors monitors;
    private final Queue<ManagedSubsystem.Change> changes;

    /** @param changes where it leaves what has become of subsystems */
    RunDriver(SubsystemRegistry registry, Platform platform, EventLoop<Message> loop, DependencyScheduler scheduler,
            StopEscalation escalation, RunMonitors monitors, Queue<ManagedSubsystem.Change> changes) {
        this.registry = registry;
        this.platform = platform;
        this.loop = loop;
        this.scheduler = scheduler;
        this.escalation = escalation;
        this.monitors = monitors;
        this.changes = changes;
    }

    /** A new run begins. */
    void start(ManagedSubsystem subsystem) {
        scheduler.hold(subsystem);
        Run run = new Run(subsystem.spec(), subsystem.status().generation() + 1, platform, loop);
        subsystem.begin(run);
        PhaseCode onStart = subsystem.spec().behavior().onStart();
        if (onStart == null) {
            running(subsystem);
        } else {
            Duration timeout = subsystem.spec().settings().startTimeout();
            subsystem.timeout(loop.after(timeout, new Message.StartOverdue(run, timeout, new Excuses())));
            run.begin(Phase.START, onStart);
        }
    }

    private void running(ManagedSubsystem subsystem) {
        subsystem.enterRunning(loop.now().nanos());
        if (subsystem.isAvailable()) {
            scheduler.available(subsystem);
        }
        monitors.begin(subsystem);
        PhaseCode body = subsystem.spec().behavior().run();
        if (body != null) {
            subsystem.run().begin(Phase.RUN, body);
        }
        changes.add(new ManagedSubsystem.Change(ManagedSubsystem.Change.Kind.RUNNING, subsystem));
    }

    /** A phase has ended, perhaps of a run that is over. */
    void phaseEnded(Message.PhaseEnded ended) {
        Run run = ended.run();
        Thrown failure = ended.failure();
        run.ended(ended);
        ManagedSubsystem subsystem = registry.current(run);
        if (subsystem == null || !subsystem.isActive()) {
            if (failure != null && ended.phase() != Phase.RELOAD) {
                failedTooLate(run, ended.phase(), failure);
            }
            return;
        }
        switch (subsystem.state()) {
            case STARTING -> {
                if (ended.phase() == Phase.START) {
                    started(subsystem, failure);
                } else if (failure != null) {
                    fail(subsystem, SubsystemEvent.Phase.START, failure);
                }
            }
            case RUNNING -> {
                if (ended.phase() == Phase.RUN || ended.phase() == Phase.FORKED && (failure != null || isBodyOver(run))) {
                    bodyEnded(subsystem, failure);
                }
            }
            default -> endedWhileStopping(subsystem, ended.phase(), failure);
        }
    }

    private void started(ManagedSubsystem subsystem, @Nullable Thrown failure) {
        subsystem.timeout(null);
        if (failure == null) {
            running(subsystem);
        } else {
            fail(subsystem, SubsystemEvent.Phase.START, failure);
        }
    }

    /** Whether the run has a body that has returned, so that only forked tasks keep it RUNNING. */
    private static boolean isBodyOver(Run run) {
        return run.hasBody() && !run.isIn(Phase.RUN);
    }

    /** The body has returned or failed, or a forked task has failed or was the last. */
    private void bodyEnded(ManagedSubsystem subsystem, @Nullable Thrown failure) {
        if (failure != null) {
            fail(subsystem, SubsystemEvent.Phase.RUN, failure);
        } else if (subsystem.ending == null && !subsystem.run().hasForked()) {
            subsystem.returned = subsystem.spec().settings().restart().policy() == RestartPolicy.ALWAYS;
            subsystem.wanted = subsystem.returned;
            subsystem.leaveRunning(loop.now().nanos());
            ShutdownReason reason = new ShutdownReason.Requested("the end of its body");
            if (subsystem.returned) {
                scheduler.replace(subsystem, reason);
            } else {
                scheduler.bringDown(subsystem, reason);
            }
        }
    }

    private void endedWhileStopping(ManagedSubsystem subsystem, Phase phase, @Nullable Thrown failure) {
        if (phase == Phase.STOP && failure != null) {
            subsystem.failure = subsystem.lifecycle().fail(SubsystemEvent.Phase.STOP, failure);
        } else if (phase != Phase.RELOAD && failure != null) {
            failedWhileStopping(subsystem, phase, failure);
        }
        advance(subsystem);
    }

    /**
     * The current run, which was to stop, threw in another phase than its clean-up. If it had failed before, that stays the
     * failure to be known by.
     */
    private static void failedWhileStopping(ManagedSubsystem subsystem, Phase phase, Thrown failure) {
        Run run = subsystem.run();
        if (failure.isWayOut()) {
            LOG.debugf(failure.throwable(), "%s left %s as it was stopped", run, phase);
            return;
        }
        run.threwWhileStopping();
        if (subsystem.failure == null) {
            subsystem.lifecycle().fail(phase == Phase.START ? SubsystemEvent.Phase.START : SubsystemEvent.Phase.RUN, failure);
        } else {
            LOG.warnf(failure.throwable(), "%s has failed already, and now %s threw, too", run, phase);
        }
    }

    /** A run threw that is over or was abandoned. */
    private static void failedTooLate(Run run, Phase phase, Thrown failure) {
        LOG.logf(failure.isWayOut() ? Logger.Level.DEBUG : Logger.Level.WARN, failure.throwable(),
                "%s is over or was abandoned, and %s threw", run, phase);
    }

    /** Work in flight or an action of a run has failed. It is counted as ended after that. */
    void workFailed(Message.WorkFailed failed) {
        Run run = failed.run();
        ManagedSubsystem subsystem = registry.current(run);
        SubsystemState state = subsystem == null ? null : subsystem.state();
        if (state == SubsystemState.STOPPING) {
            failedWhileStopping(subsystem, failed.phase(), failed.failure());
        } else if (state == SubsystemState.RUNNING) {
            fail(subsystem, SubsystemEvent.Phase.RUN, failed.failure());
        } else {
            failedTooLate(run, failed.phase(), failed.failure());
        }
        if (failed.phase() == Phase.WORK) {
            run.endOne();
        }
    }

    /** A run has said that it has failed. */
    void failureReported(Message.FailureReported reported) {
        ManagedSubsystem subsystem = registry.current(reported.run());
        SubsystemState state = subsystem == null ? null : subsystem.state();
        if (state == SubsystemState.STARTING) {
            fail(subsystem, SubsystemEvent.Phase.START, reported.failure());
        } else if (state == SubsystemState.RUNNING) {
            fail(subsystem, SubsystemEvent.Phase.RUN, reported.failure());
        } else {
            LOG.warnf(reported.failure().throwable(), "%s reported a failure after its stop had begun", reported.run());
        }
    }

    /** The start of a run takes too long. */
    void startOverdue(ManagedSubsystem subsystem, Message.StartOverdue overdue) {
        Run run = subsystem.run();
        if (subsystem.state() != SubsystemState.STARTING) {
            return;
        }
        long late = platform.clock().nanos() - subsystem.timeoutDue();
        if (overdue.excuses().accept(late, Durations.nanos(overdue.timeout()))) {
            subsystem.timeout(loop.after(overdue.timeout(), overdue));
        } else {
            fail(subsystem, SubsystemEvent.Phase.START, Thrown.of(Errors.startTimedOut(subsystem, overdue.timeout(),
                    registry)));
        }
    }

    /** What was found out about a run that is RUNNING; nothing if null. */
    void failIf(ManagedSubsystem subsystem, @Nullable Thrown failure) {
        if (failure != null) {
            fail(subsystem, SubsystemEvent.Phase.RUN, failure);
        }
    }

    private void fail(ManagedSubsystem subsystem, SubsystemEvent.Phase phase, Thrown cause) {
        boolean wasAvailable = subsystem.isAvailable();
        subsystem.leaveRunning(loop.now().nanos());
        subsystem.endMonitors();
        subsystem.failure = subsystem.lifecycle().fail(phase, cause);
        subsystem.startFailed = phase == SubsystemEvent.Phase.START;
        if (wasAvailable) {
            scheduler.unavailable(subsystem);
        }
        scheduler.replace(subsystem, new ShutdownReason.SubsystemFailed(subsystem.name(), subsystem.failure));
    }

    /** Asks a run, above which nothing runs that it has to wait for, to stop. */
    void askToStop(ManagedSubsystem subsystem) {
        long interrupt = escalation.interruptAt(subsystem);
        Run run = subsystem.run();
        subsystem.timeout(null);
        subsystem.leaveRunning(loop.now().nanos());
        subsystem.endMonitors();
        if (subsystem.state() != SubsystemState.STOPPING) {
            subsystem.lifecycle().stop(subsystem.ending);
        }
        boolean starting = run.isIn(Phase.START);
        run.askToStop(subsystem.ending, interrupt);
        if (starting) {
            run.interrupt();
        } else if (run.isIn(Phase.RELOAD)) {
            // Nobody waits for the answer any more, and it has no context to learn that from.
            run.interruptReload();
        }
        subsystem.stopRequested = true;
        escalation.begin(subsystem, interrupt);
        advance(subsystem);
    }

    /** Goes on with the stop of a run if nothing of it is under way. */
    void advance(ManagedSubsystem subsystem) {
        Run run = subsystem.run();
        if (!subsystem.stopRequested || !run.isDone()) {
            return;
        }
        if (run.owesCleanUp()) {
            run.begin(Phase.STOP, subsystem.spec().behavior().onStop());
        } else {
            subsystem.timeout(null);
            changes.add(new ManagedSubsystem.Change(ManagedSubsystem.Change.Kind.ENDED, subsystem));
        }
    }
}
