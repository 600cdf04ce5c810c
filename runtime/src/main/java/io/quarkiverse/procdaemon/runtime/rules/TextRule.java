package io.quarkiverse.procdaemon.runtime.rules;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** A text. */
enum TextRule implements Rule {

    /** Any text. */
    ANY,
    /** The path of a file. */
    PATH,
    /** A name that can be a part of a path. */
    NAME;

    private static final Pattern LEGAL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    @Override
    public @Nullable String objection(String value) {
        if (this == PATH) {
            try {
                Path.of(value);
            } catch (InvalidPathException malformed) {
                return "is not a path; correct it or remove the key";
            }
        }
        return this != NAME || LEGAL_NAME.matcher(value.trim()).matches() ? null
                : "is not a name; use letters, digits, '-', '_' and '.', and begin with a letter or digit";
    }

    @Override
    public String legal() {
        return this == NAME ? "a" : ".";
    }
}
