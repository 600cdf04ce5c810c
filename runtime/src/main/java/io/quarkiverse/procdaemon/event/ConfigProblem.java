package io.quarkiverse.procdaemon.event;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One reason why a configuration is not taken. No value of a secret key appears in it.
 *
 * @param key the key at fault; empty if it is none in particular
 * @param source the file or other source that it is from; empty if that is not known
 * @param line the line there; empty if that is not known
 * @param reason what is wrong, in words
 */
public record ConfigProblem(Optional<String> key, Optional<String> source, OptionalInt line, String reason) {

    private static final Pattern ODD = Pattern.compile("[\\p{Cc}\\u2028-\\u202e\\u2066-\\u2069]");

    /**
     * As it stands in the log, with control characters written as escapes:
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
