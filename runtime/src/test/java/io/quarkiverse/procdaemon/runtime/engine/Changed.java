package io.quarkiverse.procdaemon.runtime.engine;

import java.util.Set;

import io.quarkiverse.procdaemon.ConfigChange;

/** A change of these keys, which are the prefixes that it affects, too. */
public record Changed(Set<String> changed) implements ConfigChange {

    @Override
    public boolean affects(String prefix) {
        return changed.contains(prefix);
    }

    @Override
    public long epoch() {
        return 1;
    }

    @Override
    public <T> T previous(Class<T> mapping) {
        throw new IllegalArgumentException();
    }

    @Override
    public <T> T next(Class<T> mapping) {
        throw new IllegalArgumentException();
    }
}
