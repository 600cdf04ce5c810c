package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;

import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * Makes sure that a run which was asked to stop ends: it is interrupted when its time is up, and abandoned when it ignores
 * that. Confined to the event loop. All moments are the clock's.
 */
final class StopEscalation {

    private final SubsystemRegistry registry;
    private final EventLoop<Message> loop;
    private Duration grace;
    /** Whether all stop together: then all that have not ended by {@code commonInterrupt} are interrupted. */
    private boolean together;
    private long commonInterrupt;

    /** @param grace see {@link #alone} */
    StopEscalation(SubsystemRegistry registry, EventLoop<Message> loop, Duration grace) {
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
     * From now on all stop together; {@link Supervisor#interruptAll} and {@link Supervisor#abandonAll} are called when it is
     * time.
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
    long interrupt(ManagedSubsystem subsystem) {
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

    /**
     * Gives up on a run, so that what it depends on can be asked to stop; nothing if it was not asked itself, or has ended.
     *
     * @param unasked whether to do so if it was not asked, too
     * @return whether it was abandoned now
     */
    boolean abandon(ManagedSubsystem subsystem, boolean unasked) {
        if (!(subsystem.stopRequested || unasked) || !subsystem.isActive()) {
            return false;
        }
        Run run = subsystem.run();
        subsystem.timeout(null);
        subsystem.wanted = false;
        if (subsystem.state() != SubsystemState.STOPPING) {
            subsystem.lifecycle().stop(subsystem.ending);
        }
        subsystem.lifecycle().abandon(Thrown.of(Errors.stuck(run, registry)));
        run.interrupt();
        return true;
    }
}
