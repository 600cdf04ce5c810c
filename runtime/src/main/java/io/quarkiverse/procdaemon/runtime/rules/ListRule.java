package io.quarkiverse.procdaemon.runtime.rules;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Several values, separated by commas or each under its own indexed key.
 *
 * @param each the rule for each value
 */
record ListRule(Rule each) implements Rule {

    @Override
    public @Nullable String objection(String value) {
        // Split as SmallRye does: a comma after a backslash is part of the value.
        List<String> values = Arrays.stream(value.split("(?<!\\\\),")).filter(part -> !part.isBlank()).toList();
        if (values.isEmpty()) {
            return "is an empty list; correct it or remove the key";
        }
        return values.stream().map(each::objection).filter(objection -> objection != null).findFirst().orElse(null);
    }

    @Override
    public String legal() {
        return each.legal();
    }
}
