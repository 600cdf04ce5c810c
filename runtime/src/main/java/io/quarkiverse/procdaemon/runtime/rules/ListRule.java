package io.quarkiverse.procdaemon.runtime.rules;

import org.jspecify.annotations.Nullable;

/**
 * Several values, separated by commas or each under its own indexed key.
 *
 * @param each the rule for each value
 */
record ListRule(Rule each) implements Rule {

    @Override
    public @Nullable String objection(String value) {
        boolean named = false;
        // Split as SmallRye does: a comma after a backslash is part of the value.
        for (String part : value.split("(?<!\\\\),")) {
            if (!part.isBlank()) {
                named = true;
                String objection = each.objection(part);
                if (objection != null) {
                    return objection;
                }
            }
        }
        return named ? null : "is an empty list; correct it or remove the key";
    }

    @Override
    public String legal() {
        return each.legal();
    }
}
