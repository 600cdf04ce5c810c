package io.quarkiverse.procdaemon.runtime.rules;

import org.jspecify.annotations.Nullable;

/** A rule for the value of a key. */
interface Rule {

    /**
     * What is wrong with a value and what to do: the end of a sentence that begins with the key and the value. Null if the
     * value is valid.
     *
     * @param value not blank
     */
    @Nullable
    String objection(String value);

    /** A valid value. */
    String legal();

    /** The value as messages show it. */
    default String shown(String value) {
        return value.trim();
    }
}
