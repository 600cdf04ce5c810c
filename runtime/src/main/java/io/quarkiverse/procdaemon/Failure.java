package io.quarkiverse.procdaemon;

import java.time.Instant;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern ODD = Pattern.compile("[\\p{Cc}\\u2028-\\u202e\\u2066-\\u2069]");

    /** Checks that nothing is null. */
    public Failure {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(stack, "stack");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(at, "at");
    }

    /** In one line and without the stack; control characters are written as escapes. */
    @Override
    public String toString() {
        return type + (message.isEmpty() ? "" : ": " + ODD.matcher(message).replaceAll(Failure::escaped)) + " (" + phase
                + " of generation " + generation + " at " + at + ")";
    }

    private static String escaped(MatchResult odd) {
        return Matcher.quoteReplacement(String.format("\\u%04x", (int) odd.group().charAt(0)));
    }
}
