package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ManagedSubsystem;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Supervisor;

/** A step of the shutdown, at once or when its moment has come. A named class: it is loaded before the shutdown needs it. */
record ShutdownStep(ShutdownSequence sequence, Kind kind) implements Message.Step {

    enum Kind {
        BEGIN,
        STOP_SUBSYSTEMS,
        STOP_WITHOUT_APPLICATION,
        WARN,
        WARN_OF_APPLICATION,
        INTERRUPT_ALL,
        ABANDON_ALL,
        TIME_IS_UP,
        LOOK_FOR_EXITS,
        LOOK
    }

    @Override
    public void run() {
        switch (kind) {
            case BEGIN -> sequence.begin();
            case STOP_SUBSYSTEMS -> sequence.stopSubsystems();
            case STOP_WITHOUT_APPLICATION -> sequence.stopWithoutApplication();
            case WARN -> sequence.warn(sequence.isStopping());
            case WARN_OF_APPLICATION -> sequence.warn(false);
            case INTERRUPT_ALL -> sequence.supervisor().escalation().forceAll();
            case ABANDON_ALL -> sequence.supervisor().escalation().abandonAll();
            case TIME_IS_UP -> sequence.timeIsUp();
            case LOOK_FOR_EXITS -> sequence.lookForExits();
            case LOOK -> sequence.look();
        }
    }

    /** One more order to end came. */
    record Hurry(ShutdownSequence sequence, ShutdownReason.Signal signal) implements Message.Step {
        @Override
        public void run() {
            sequence.hurry(signal);
        }
    }

    /** A subsystem is given up. */
    record Abandonment(Supervisor supervisor, ManagedSubsystem subsystem) implements Message.Step {
        @Override
        public void run() {
            supervisor.escalation().abandon(subsystem);
        }
    }
}
