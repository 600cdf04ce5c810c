package io.quarkiverse.procdaemon.runtime.reload;

import java.util.Set;

import io.smallrye.config.PropertyName;

/**
 * The keys that only a restart takes up, as far as the build knows who reads them.
 *
 * @param names of keys that are injected once and for all; a {@code *} stands for any part
 * @param prefixes of the mappings that are injected once and for all; the empty one is that of every key
 */
public record RestartKeys(Set<String> names, Set<String> prefixes) {

    /** Whether a change of that key does nothing before the next start, at least in one place. */
    public boolean contains(String key) {
        return names.stream().anyMatch(name -> isPartOf(name, key, "[") || matches(name, key))
                || prefixes.stream().anyMatch(prefix -> prefix.isEmpty() || isPartOf(prefix, key, ".["))
                || QuarkusKeys.needRestart(key);
    }

    private static boolean matches(String name, String key) {
        return name.indexOf('*') >= 0 && PropertyName.name(name).equals(PropertyName.name(key));
    }

    private static boolean isPartOf(String name, String key, String separators) {
        return key.startsWith(name)
                && (key.length() == name.length() || separators.indexOf(key.charAt(name.length())) >= 0);
    }
}
