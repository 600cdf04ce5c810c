package io.quarkiverse.procdaemon.runtime.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.smallrye.config.common.utils.StringUtil;

/**
 * One of a few words.
 *
 * @param words the words to choose from, in their preferred spelling
 * @param others other accepted spellings
 */
record ChoiceRule(List<String> words, Set<String> others) implements Rule {

    /** What SmallRye understands; it reads anything else as {@code false}. */
    static final ChoiceRule BOOLEAN = new ChoiceRule(List.of("true", "false"), Set.of("1", "yes", "y", "on", "ja", "j", "si",
            "sim", "oui", "0", "no", "n", "off", "nein", "não", "non"));

    /** The constants of an enum, as written in configuration. */
    static ChoiceRule of(Class<? extends Enum<?>> type) {
        List<String> words = new ArrayList<>();
        for (Enum<?> constant : type.getEnumConstants()) {
            words.add(StringUtil.skewer(constant.name()));
        }
        return new ChoiceRule(List.copyOf(words), Set.of());
    }

    @Override
    public @Nullable String objection(String value) {
        String word = value.trim();
        boolean known = words.contains(StringUtil.skewer(word)) || words.contains(word.toLowerCase(Locale.ROOT))
                || others.contains(word.toLowerCase(Locale.ROOT));
        return known ? null : "is not one of its values; use " + choices();
    }

    private String choices() {
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    @Override
    public String legal() {
        return words.get(0);
    }
}
