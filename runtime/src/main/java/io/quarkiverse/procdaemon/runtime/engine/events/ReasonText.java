package io.quarkiverse.procdaemon.runtime.engine.events;

import io.quarkiverse.procdaemon.ShutdownReason;

/** Reasons as people write them. */
public final class ReasonText {

    private ReasonText() {
    }

    /** Fits behind a colon: {@code signal TERM}. */
    public static String of(ShutdownReason reason) {
        if (reason instanceof ShutdownReason.Signal signal) {
            return "signal " + signal.name();
        } else if (reason instanceof ShutdownReason.Requested requested) {
            return "requested by " + requested.by();
        } else if (reason instanceof ShutdownReason.SubsystemFailed failed) {
            return "'" + failed.subsystem() + "' failed";
        } else if (reason instanceof ShutdownReason.ResourceExhausted exhausted) {
            return "out of " + exhausted.resource() + (exhausted.resource().equals("heap") ? " space" : "");
        } else if (reason instanceof ShutdownReason.Restart) {
            return "to be restarted";
        } else if (reason instanceof ShutdownReason.DependencyLost lost) {
            return "its dependency '" + lost.subsystem() + "' goes down";
        }
        return "stopped through the API";
    }
}
