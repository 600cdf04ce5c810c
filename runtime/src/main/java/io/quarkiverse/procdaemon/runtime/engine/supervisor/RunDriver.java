package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.Queue;
import java.util.function.BooleanSupplier;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.PhaseCode;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.log.LogFields;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.loop.TimerQueue;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Phase;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;

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
    private final Queue<SubsystemRegistry.Change> changes;
    private final BooleanSupplier draining;

    /**
     * @param changes where it leaves what has become of subsystems
     * @param draining whether a drain is on, during which no run calls its body again
     */
    RunDriver(SubsystemRegistry registry, Platform platform, EventLoop<Message> loop, DependencyScheduler scheduler,
            StopEscalation escalation, RunMonitors monitors, Queue<SubsystemRegistry.Change> changes,
            BooleanSupplier draining) {
        this.registry = registry;
        this.platform = platform;
        this.loop = loop;
        this.scheduler = scheduler;
        this.escalation = escalation;
        this.monitors = monitors;
        this.changes = changes;
        this.draining = draining;
    }

    /** A new run begins. */
    void start(ManagedSubsystem subsystem) {
        scheduler.hold(subsystem);
        Run run = new Run(subsystem.spec(), subsystem.status().generation() + 1, platform, loop, draining);
        subsystem.begin(run);
        PhaseCode onStart = subsystem.spec().behavior().onStart();
        if (onStart == null) {
            running(subsystem);
        } else {
            Duration timeout = subsystem.spec().settings().startTimeout();
            subsystem.timeout(loop.after(timeout, new Message.StartOverdue(run, timeout, new TimerQueue.Excuses())));
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
        changes.add(new SubsystemRegistry.Change(SubsystemRegistry.Change.Kind.RUNNING, subsystem));
    }

    /** A phase has ended, perhaps of a run that is over. */
    void phaseEnded(Message.PhaseEnded ended) {
        Run run = ended.run();
        Thrown failure = ended.failure();
        run.ended(ended);
        ManagedSubsystem subsystem = registry.current(run);
        if (subsystem == null || !subsystem.isActive()) {
            if (failure != null && ended.phase() != Phase.RELOAD) {
                StopEscalation.failedTooLate(run, ended, failure);
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
                if (ended.phase() == Phase.RUN || ended.phase() == Phase.FORKED && (failure != null || isBodyOver(subsystem))) {
                    bodyEnded(subsystem, failure);
                }
            }
            default -> endedWhileStopping(subsystem, ended, failure);
        }
    }

    /** Whether it has a body that has returned, so that only forked tasks keep it RUNNING. */
    private static boolean isBodyOver(ManagedSubsystem subsystem) {
        return subsystem.spec().behavior().run() != null && !subsystem.run().isIn(Phase.RUN);
    }

    private void started(ManagedSubsystem subsystem, @Nullable Thrown failure) {
        subsystem.timeout(null);
        if (failure == null) {
            running(subsystem);
        } else {
            fail(subsystem, SubsystemEvent.Phase.START, failure);
        }
    }

    /** The body has returned or failed, or a forked task has failed or was the last. */
    private void bodyEnded(ManagedSubsystem subsystem, @Nullable Thrown failure) {
        if (failure != null) {
            fail(subsystem, SubsystemEvent.Phase.RUN, failure);
        } else if (subsystem.ending == null && !subsystem.run().isIn(Phase.FORKED)) {
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

    private void endedWhileStopping(ManagedSubsystem subsystem, Message.PhaseEnded ended, @Nullable Thrown failure) {
        Phase phase = ended.phase();
        if (phase == Phase.STOP && failure != null) {
            subsystem.failure = subsystem.lifecycle().fail(SubsystemEvent.Phase.STOP, failure, subsystem.isOutage);
        } else if (phase != Phase.RELOAD && failure != null) {
            escalation.failed(subsystem, phase, ended, failure);
        }
        advance(subsystem);
    }

    /** Work in flight or an action of a run has failed, or the run has reported that. Work is counted as ended after that. */
    void failedBeside(Message.FailedBeside failed) {
        Run run = failed.run();
        ManagedSubsystem subsystem = registry.current(run);
        SubsystemState state = subsystem == null ? null : subsystem.state();
        if (state == SubsystemState.RUNNING) {
            fail(subsystem, SubsystemEvent.Phase.RUN, failed.failure());
        } else if (state == SubsystemState.STARTING) {
            fail(subsystem, SubsystemEvent.Phase.START, failed.failure());
        } else if (failed.phase() == Phase.REPORTED) {
            try (LogFields fields = LogFields.ofLine(run.subsystem(), run.number(), state, ErrorCode.RUN_FAILED)) {
                LOG.warnf(failed.failure().throwable(), "%s reported a failure after its stop had begun", run);
            }
        } else if (state == SubsystemState.STOPPING) {
            escalation.failed(subsystem, failed.phase(), failed.phase(), failed.failure());
        } else {
            StopEscalation.failedTooLate(run, failed.phase(), failed.failure());
        }
        if (failed.phase() == Phase.WORK) {
            run.endOne();
        }
    }

    /** A run has failed; nothing if the cause is null. */
    void fail(ManagedSubsystem subsystem, SubsystemEvent.Phase phase, @Nullable Thrown cause) {
        if (cause == null) {
            return;
        }
        boolean wasAvailable = subsystem.isAvailable();
        long ran = subsystem.leaveRunning(loop.now().nanos());
        subsystem.endMonitors();
        subsystem.timeout(null);
        RestartSettings settings = subsystem.spec().settings().restart();
        subsystem.isOutage = subsystem.status().budget().isFreeInOutage(settings)
                && cause.isOutage(settings.outages().types());
        subsystem.failure = subsystem.isOutage ? subsystem.lifecycle().failInOutage(phase, cause, ran)
                : subsystem.lifecycle().fail(phase, cause, false);
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
            run.interrupt(Phase.START);
        } else if (run.isIn(Phase.RELOAD)) {
            // Nobody waits for the answer any more, and it has no context to learn that from.
            run.interrupt(Phase.RELOAD);
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
            changes.add(new SubsystemRegistry.Change(SubsystemRegistry.Change.Kind.ENDED, subsystem));
        }
    }
}
