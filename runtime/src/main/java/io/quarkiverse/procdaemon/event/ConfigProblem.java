package io.quarkiverse.procdaemon.event;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One reason why a configuration is rejected. It never contains the value of a secret key.
 *
 * @param key the key; empty if the problem concerns none in particular
 * @param source the file or other source of the key; empty if unknown
 * @param line the line in it; empty if unknown
 * @param reason what is wrong, in words
 */
public record ConfigProblem(Optional<String> key, Optional<String> source, OptionalInt line, String reason) {

    private static final Pattern ODD = Pattern.compile("[\\p{Cc}\\u2028-\\u202e\\u2066-\\u2069]");

    /**
     * As in the log, with control characters escaped:
     * {@code config/application.properties:3: lines.max-bytes must be a number}.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        source.ifPresent(from -> text.append(from).append(line.isPresent() ? ":" + line.getAsInt() : "").append(": "));
        // Most reasons name the key where it reads best.
        key.filter(name -> !reason.contains(name)).ifPresent(name -> text.append(name).append(": "));
        return ODD.matcher(text.append(reason)).replaceAll(ConfigProblem::escaped);
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
