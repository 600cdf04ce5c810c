package io.quarkiverse.procdaemon;

import java.time.Instant;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

/**
 * A failure of one run of a subsystem, as plain data: the exception itself is not kept.
 *
 * @param type the class name of the exception; that of a {@link DaemonException} where the daemon itself detected the failure,
 *        such as a timeout
 * @param message its message, at most 1,000 characters, otherwise unchanged; empty if it has none
 * @param stack its stack trace as text, at most 100 frames including those of its causes; empty if there is none
 * @param phase what the subsystem was doing
 * @param generation the run in which it happened
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

    /** On one line, without the stack; control characters are escaped. */
    @Override
    public String toString() {
        return type + (message.isEmpty() ? "" : ": " + ODD.matcher(message).replaceAll(Failure::escaped)) + " (" + phase
                + " of generation " + generation + " at " + at + ")";
    }

    private static String escaped(MatchResult odd) {
        return Matcher.quoteReplacement(switch (odd.group()) {
            case "\n" -> "\\n";
            case "\r" -> "\\r";
            case "\t" -> "\\t";
            default -> String.format("\\u%04x", (int) odd.group().charAt(0));
        });
    }
}
