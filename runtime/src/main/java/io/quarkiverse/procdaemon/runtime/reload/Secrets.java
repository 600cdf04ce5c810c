package io.quarkiverse.procdaemon.runtime.reload;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.smallrye.config.PropertyName;

/** Which keys have values that nobody may see: those marked as secret, and those whose names say so. */
final class Secrets {

    private final Set<PropertyName> marked;
    private final List<String> words;

    /**
     * @param marked names of keys, as the mappings declare them
     * @param words what makes a key a secret if it is part of its name, in any case
     */
    Secrets(Set<PropertyName> marked, List<String> words) {
        this.marked = Set.copyOf(marked);
        this.words = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }

    boolean contains(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        return marked.contains(PropertyName.name(key)) || words.stream().anyMatch(name::contains);
    }
}
