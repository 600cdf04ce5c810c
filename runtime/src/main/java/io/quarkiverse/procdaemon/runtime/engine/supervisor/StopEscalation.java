package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.Queue;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.log.LogFields;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Phase;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * Makes sure that a run which was asked to stop ends: it is interrupted when its time is up, and abandoned when it ignores
 * that. Confined to the event loop. All moments are the clock's.
 */
public final class StopEscalation {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private final SubsystemRegistry registry;
    private final EventLoop<Message> loop;
    private final Queue<SubsystemRegistry.Change> changes;
    private Duration grace;
    /** Whether a message was half handled, so that what was requested may not be known. */
    private boolean afterBug;
    /** Whether {@link #abandonAll} was called. */
    private boolean abandonsAll;
    /** Whether all stop together: then all that have not ended by {@code commonInterrupt} are interrupted. */
    private boolean together;
    private long commonInterrupt;

    /** @param grace see {@link #alone} */
    StopEscalation(SubsystemRegistry registry, EventLoop<Message> loop, Queue<SubsystemRegistry.Change> changes,
            Duration grace) {
        this.changes = changes;
        this.loop = loop;
        this.registry = registry;
        this.grace = grace;
    }

    /**
     * From now on subsystems stop while the others go on.
     *
     * @param value how long after its interrupt a run is abandoned
     */
    void alone(Duration value) {
        grace = value;
        together = false;
    }

    /**
     * From now on all stop together; {@link #forceAll} and {@link #abandonAll} are called when it is time.
     *
     * @param interrupt when that will be
     */
    void together(long interrupt) {
        together = true;
        commonInterrupt = interrupt;
    }

    /**
     * When a run that is asked to stop now will be interrupted: by its own stop timeout, or with the others if that is sooner.
     */
    long interruptAt(ManagedSubsystem subsystem) {
        long own = loop.now().nanos() + Durations.nanos(subsystem.spec().settings().stopTimeout());
        return together && commonInterrupt - own <= 0 ? commonInterrupt : own;
    }

    /** The run was asked to stop. */
    void begin(ManagedSubsystem subsystem, long interrupt) {
        Run run = subsystem.run();
        if (interrupt - loop.now().nanos() <= 0) {
            if (run.isBusy()) {
                force(subsystem);
            } else {
                run.force();
            }
        } else if (!(together && interrupt == commonInterrupt) && run.hasMoreToDo()) {
            subsystem.timeout(loop.at(interrupt, new Message.StopOverdue(run)));
        }
    }

    /** Interrupts a run that was asked to stop; nothing if it was not, or has ended. */
    void force(ManagedSubsystem subsystem) {
        Run run = subsystem.run();
        if (subsystem.stopRequested && !run.isForced()) {
            subsystem.lifecycle().stopTimedOut();
            run.force();
            if (!together) {
                subsystem.timeout(loop.after(grace, new Message.InterruptIgnored(run)));
            }
        }
    }

    /** Interrupts all runs that were asked to stop and have not ended. */
    public void forceAll() {
        for (ManagedSubsystem subsystem : registry.inStopOrder()) {
            force(subsystem);
        }
    }

    /** Gives up on the same, so that what they depend on can be asked. */
    public void abandonAll() {
        // First: what throws after that is tried again.
        abandonsAll = true;
        for (ManagedSubsystem subsystem : registry.inStopOrder()) {
            abandon(subsystem);
        }
    }

    /** From now on a run is abandoned also if it is not known whether it was asked to stop; at once, if that is overdue. */
    void afterBug() {
        afterBug = true;
        if (abandonsAll) {
            abandonAll();
        }
    }

    /** The daemon starts again. */
    void reopen() {
        afterBug = false;
        abandonsAll = false;
    }

    /**
     * Gives up on a run that was asked to stop, so that what it depends on can be asked; nothing if it was not, or has ended.
     */
    public void abandon(ManagedSubsystem subsystem) {
        if (!(subsystem.stopRequested || afterBug) || !subsystem.isActive()) {
            return;
        }
        Run run = subsystem.run();
        subsystem.timeout(null);
        subsystem.wanted = false;
        if (subsystem.state() != SubsystemState.STOPPING) {
            subsystem.lifecycle().stop(subsystem.ending);
        }
        subsystem.lifecycle().abandon(Thrown.of(Errors.stuck(run, registry)));
        run.interrupt();
        changes.add(new SubsystemRegistry.Change(SubsystemRegistry.Change.Kind.ABANDONED, subsystem));
    }

    /**
     * The current run, which was to stop, threw in another phase than its clean-up. If it had failed before, that stays the
     * failure to be known by.
     *
     * @param what the phase, or the task, in words
     */
    void failed(ManagedSubsystem subsystem, Phase phase, Object what, Thrown failure) {
        Run run = subsystem.run();
        if (failure.isWayOut()) {
            try (LogFields fields = fields(subsystem, phase)) {
                LOG.debugf(failure.throwable(), "%s left %s as it was stopped", run, what);
            }
            return;
        }
        run.threwWhileStopping();
        if (subsystem.failure == null) {
            subsystem.lifecycle().fail(phase == Phase.START ? SubsystemEvent.Phase.START : SubsystemEvent.Phase.RUN, failure,
                    false);
        } else {
            try (LogFields fields = fields(subsystem, phase)) {
                LOG.logf(subsystem.isOutage ? Logger.Level.DEBUG : Logger.Level.WARN, failure.throwable(),
                        "%s has failed already, and now %s threw, too", run, what);
            }
        }
    }

    private static LogFields fields(ManagedSubsystem subsystem, Phase phase) {
        return LogFields.ofLine(subsystem.name(), subsystem.run().number(), subsystem.state(),
                phase == Phase.START ? ErrorCode.START_FAILED : ErrorCode.RUN_FAILED);
    }

    /** A run threw that is over or was abandoned. */
    static void failedTooLate(Run run, Object what, Thrown failure) {
        try (LogFields fields = LogFields.ofLine(run.subsystem(), run.number(), null, ErrorCode.RUN_FAILED)) {
            LOG.logf(failure.isWayOut() ? Logger.Level.DEBUG : Logger.Level.WARN, failure.throwable(),
                    "%s is over or was abandoned, and %s threw", run, what);
        }
    }
}
