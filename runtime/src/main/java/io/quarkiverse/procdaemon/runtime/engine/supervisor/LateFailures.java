package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.run.Phase;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;

/** Failures that decide nothing any more, because their run was asked to stop or is over: nobody may miss them. */
final class LateFailures {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private LateFailures() {
    }

    /**
     * The current run, which was to stop, threw in another phase than its clean-up. If it had failed before, that stays the
     * failure to be known by.
     */
    static void whileStopping(ManagedSubsystem subsystem, Phase phase, Thrown failure) {
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
    static void tooLate(Run run, Phase phase, Thrown failure) {
        LOG.logf(failure.isWayOut() ? Logger.Level.DEBUG : Logger.Level.WARN, failure.throwable(),
                "%s is over or was abandoned, and %s threw", run, phase);
    }
}
