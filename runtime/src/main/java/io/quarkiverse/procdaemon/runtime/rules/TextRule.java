package io.quarkiverse.procdaemon.runtime.rules;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** A text. */
enum TextRule implements Rule {

    /** Any text. */
    ANY,
    /** The path of a file. */
    PATH;

    @Override
    public @Nullable String objection(String value) {
        if (this == PATH) {
            try {
                Path.of(value);
            } catch (InvalidPathException malformed) {
                return "is not a path; correct it or remove the key";
            }
        }
        return null;
    }

    @Override
    public String legal() {
        return ".";
    }
}
