package io.quarkiverse.procdaemon.runtime.rules;

import org.jspecify.annotations.Nullable;

/**
 * A key of the table.
 *
 * @param path the key without the prefix of this extension, or of a subsystem
 * @param rule the rule for its value
 * @param mayBeEmpty whether an empty value counts as not set
 */
record Setting(String path, Rule rule, boolean mayBeEmpty) {

    static Setting optional(String path, Rule rule) {
        return new Setting(path, rule, true);
    }

    static Setting required(String path, Rule rule) {
        return new Setting(path, rule, false);
    }

    /** Like {@link Rule#objection}, also for an empty value. */
    @Nullable
    String objection(String value) {
        if (value.isBlank()) {
            return mayBeEmpty ? null : "is empty; set it or remove the key";
        }
        return rule.objection(value);
    }
}
