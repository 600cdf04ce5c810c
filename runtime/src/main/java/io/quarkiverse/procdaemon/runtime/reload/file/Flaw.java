package io.quarkiverse.procdaemon.runtime.reload.file;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something in a file that its author cannot have meant.
 *
 * @param key the key it is about; empty if it is none in particular
 * @param line where, counted from 1; empty if it is the whole file
 * @param reason what is wrong and what to do about it, in words
 */
public record Flaw(Optional<String> key, OptionalInt line, String reason) {

    static Flaw ofAll(String reason) {
        return new Flaw(Optional.empty(), OptionalInt.empty(), reason);
    }

    static Flaw at(int line, String reason) {
        return new Flaw(Optional.empty(), OptionalInt.of(line), reason);
    }
}
