package io.quarkiverse.procdaemon;

import java.time.Instant;
import java.util.Objects;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

/**
 * What went wrong in one run of a subsystem.
 *
 * @param at when it was noticed
 * @param generation the run it happened in
 * @param phase what the subsystem was doing
 * @param cause what was thrown; a {@link DaemonException} where the daemon itself found the fault, as with a time-out
 */
public record Failure(Instant at, long generation, SubsystemEvent.Phase phase, Throwable cause) {

    /** Checks that nothing is null. */
    public Failure {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(cause, "cause");
    }

    /** The cause in words: its simple class name and message; only the message where the daemon itself found the fault. */
    public String message() {
        String text = cause.getMessage();
        return cause instanceof DaemonException ? text : cause.getClass().getSimpleName() + (text == null ? "" : ": " + text);
    }
}
