package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;

/**
 * Makes sure that a run which was asked to stop ends: it is interrupted when its time is up, and abandoned when it ignores
 * that. Confined to the event loop.
 */
final class StopEscalation {

    private final Clock clock;
    private StopDeadlines deadlines;

    /** @param deadlines how long a run that is to end is waited for */
    StopEscalation(Clock clock, StopDeadlines deadlines) {
        this.clock = clock;
        this.deadlines = deadlines;
    }

    /** Runs that are asked to stop from now on are waited for so long. */
    void deadlines(StopDeadlines next) {
        deadlines = next;
    }

    /** When a run that is asked to stop {@code now} will be interrupted. */
    Deadline interrupt(ManagedSubsystem subsystem, long now) {
        return deadlines.interrupt(subsystem.spec().settings().stopTimeout(), clock, now);
    }

    /** The run was asked to stop, {@code now}. */
    void begin(ManagedSubsystem subsystem, Deadline interrupt, long now) {
        Run run = subsystem.run();
        if (interrupt.nanos() - now <= 0) {
            if (run.isBusy()) {
                force(subsystem);
            } else {
                run.force();
            }
        } else if (interrupt != deadlines.common() && run.hasMoreToDo()) {
            run.timeoutAfter(interrupt.remaining(), new Message.StopOverdue(run));
        }
    }

    /** Interrupts a run that was asked to stop; nothing if it was not, or has ended. */
    void force(ManagedSubsystem subsystem) {
        Run run = subsystem.run();
        if (subsystem.stopRequested && !run.isForced()) {
            subsystem.lifecycle().stopTimedOut();
            run.force();
            if (deadlines.grace() != null) {
                run.timeoutAfter(deadlines.grace(), new Message.InterruptIgnored(run));
            }
        }
    }

    /**
     * Gives up on a run that was asked to stop, so that what it depends on can be asked; nothing if it was not, or has ended.
     *
     * @return whether it was abandoned now
     */
    boolean abandon(ManagedSubsystem subsystem) {
        if (!subsystem.stopRequested) {
            return false;
        }
        Run run = subsystem.run();
        run.cancelTimeout();
        subsystem.wanted = false;
        subsystem.lifecycle().abandon(run);
        run.interrupt();
        return true;
    }
}
