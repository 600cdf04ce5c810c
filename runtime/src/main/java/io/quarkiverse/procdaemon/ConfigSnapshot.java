package io.quarkiverse.procdaemon;

/** The live mappings of one epoch: all that is read from one snapshot is consistent. Immutable. */
public interface ConfigSnapshot {

    /** The epoch, see {@link LiveConfig#epoch()}. */
    long epoch();

    /**
     * A mapping with its values in this epoch.
     *
     * @param mapping a mapping that is injected somewhere as a {@link LiveConfig}
     * @throws IllegalArgumentException if it is not; the message lists those that are
     */
    <T> T get(Class<T> mapping);
}
