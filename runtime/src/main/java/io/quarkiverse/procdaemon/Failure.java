package io.quarkiverse.procdaemon;

import java.time.Instant;
import java.util.Objects;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

/**
 * What went wrong in one run of a subsystem. Plain data: what was thrown has been looked at once and is not kept.
 *
 * @param type the class of what was thrown, by its full name; that of a {@link DaemonException} where the daemon itself found
 *        the
 *        fault, as with a timeout
 * @param message what it says, 1,000 characters at most and otherwise as it is; empty if it says nothing
 * @param stack its stack trace as text, at most 100 frames with those of its causes; empty if there is none
 * @param phase what the subsystem was doing
 * @param generation the run it happened in
 * @param at when it was noticed
 */
public record Failure(String type, String message, String stack, SubsystemEvent.Phase phase, long generation, Instant at) {

    /** Checks that nothing is null. */
    public Failure {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(stack, "stack");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(at, "at");
    }
}
