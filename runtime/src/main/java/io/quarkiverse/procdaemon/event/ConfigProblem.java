package io.quarkiverse.procdaemon.event;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One reason why a configuration is not taken. Values never appear in it.
 *
 * @param key the key at fault; empty if it is none in particular
 * @param source the file or other source that it is from; empty if that is not known
 * @param line the line there; empty if that is not known
 * @param reason what is wrong, in words
 */
public record ConfigProblem(Optional<String> key, Optional<String> source, OptionalInt line, String reason) {

    /** As it stands in the log: {@code config/application.properties:3: lines.max-bytes must be a number}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        source.ifPresent(from -> text.append(from).append(line.isPresent() ? ":" + line.getAsInt() : "").append(": "));
        // Most reasons name the key where it reads best.
        key.filter(name -> !reason.contains(name)).ifPresent(name -> text.append(name).append(": "));
        return text.append(reason).toString();
    }
}
