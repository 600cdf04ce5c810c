package io.quarkiverse.procdaemon.runtime.rules;

/**
 * A key of the table.
 *
 * @param path what follows the prefix of this extension, or of a subsystem
 * @param rule what its value has to be
 * @param mayBeEmpty whether an empty value is as good as none
 */
record Setting(String path, Rule rule, boolean mayBeEmpty) {

    static Setting optional(String path, Rule rule) {
        return new Setting(path, rule, true);
    }

    static Setting required(String path, Rule rule) {
        return new Setting(path, rule, false);
    }

    /** As {@link Rule#objection}, also of an empty value. */
    String objection(String value) {
        if (value.isBlank()) {
            return mayBeEmpty ? null : "is empty; set it or remove the key";
        }
        return rule.objection(value);
    }
}
