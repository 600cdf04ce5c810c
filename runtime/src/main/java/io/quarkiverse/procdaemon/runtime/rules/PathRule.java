package io.quarkiverse.procdaemon.runtime.rules;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The path of a file. */
record PathRule() implements Rule {

    @Override
    public String objection(String value) {
        try {
            Path.of(value);
            return null;
        } catch (InvalidPathException malformed) {
            return "is not a path; correct it or remove the key";
        }
    }

    @Override
    public String legal() {
        return ".";
    }
}
