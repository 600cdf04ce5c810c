package io.quarkiverse.procdaemon.runtime.rules;

import java.util.Arrays;
import java.util.List;

/**
 * Several values, with commas between them or each at a key of its own with an index.
 *
 * @param each what each of them has to be
 */
record ListRule(Rule each) implements Rule {

    @Override
    public String objection(String value) {
        // As SmallRye splits it: a comma after a backslash is part of the value.
        List<String> values = Arrays.stream(value.split("(?<!\\\\),")).filter(part -> !part.isBlank()).toList();
        if (values.isEmpty()) {
            return "names nothing; correct it or remove the key";
        }
        return values.stream().map(each::objection).filter(objection -> objection != null).findFirst().orElse(null);
    }

    @Override
    public String legal() {
        return each.legal();
    }
}
