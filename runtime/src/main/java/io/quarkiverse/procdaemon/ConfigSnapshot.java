package io.quarkiverse.procdaemon;

/** The live mappings of one epoch: what is taken from one snapshot belongs together. Never changes. */
public interface ConfigSnapshot {

    /** Counts the configurations, see {@link LiveConfig#epoch()}. */
    long epoch();

    /**
     * A mapping as it was in this epoch.
     *
     * @param mapping one that is injected somewhere as a {@link LiveConfig}
     * @throws IllegalArgumentException if it is not; names those that are
     */
    <T> T get(Class<T> mapping);
}
