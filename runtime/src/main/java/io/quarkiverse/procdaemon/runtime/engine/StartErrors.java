package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/** Why a daemon does not start though no subsystem has failed. */
final class StartErrors {

    private StartErrors() {
    }

    /** @param age for how long the event loop has handled no message */
    static DaemonStateException hanging(Duration age) {
        return new DaemonStateException(ErrorCode.WRONG_STATE,
                "the daemon does not start because its event loop has not handled a message for " + Durations.text(age)
                        + "; a thread dump shows where proc-daemon-loop hangs");
    }

    /** @param late the name of the subsystem that the start was waiting for */
    static SubsystemException interrupted(String late, InterruptedException cause) {
        return new SubsystemException(ErrorCode.START_FAILED, late,
                "the daemon does not start because the start was interrupted while subsystem '" + late + "' was starting",
                cause);
    }
}
