package io.quarkiverse.procdaemon.runtime.rules;

/** What the value of a key has to be. */
interface Rule {

    /**
     * What is wrong with a value, which is not blank, and how out: the end of a sentence that begins with the key and the
     * value. Null if nothing is.
     */
    String objection(String value);

    /** A value that is right. */
    String legal();

    /** The value as messages show it. */
    default String shown(String value) {
        return value.trim();
    }
}
