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

    /** As it stands in the log: {@code lines.max-bytes (application.properties:3): expected a number}. */
    @Override
    public String toString() {
        String place = source.map(from -> from + (line.isPresent() ? ":" + line.getAsInt() : "")).orElse("");
        String where = key.isEmpty() ? place : place.isEmpty() ? key.get() : key.get() + " (" + place + ")";
        return where.isEmpty() ? reason : where + ": " + reason;
    }
}
