package io.quarkiverse.procdaemon;

import java.util.Set;

/** What a reload is about to change. Passed to {@link OnReload}. */
public interface ConfigChange {

    /** The names of all keys that were added, removed or changed, without their values. */
    Set<String> changed();

    /**
     * Whether the key of that name has changed, or one below it: {@code affects("ingest")} is true if {@code ingest.port} or
     * {@code ingest[0]} has changed.
     */
    boolean affects(String prefix);

    /** The epoch of the new configuration. */
    long epoch();

    /**
     * A mapping with its current values.
     *
     * @param mapping a mapping that is injected somewhere as a {@link LiveConfig}
     * @throws IllegalArgumentException if it is not; the message lists those that are
     */
    <T> T previous(Class<T> mapping);

    /**
     * A mapping with its values after the reload, if no subsystem vetoes it.
     *
     * @param mapping a mapping that is injected somewhere as a {@link LiveConfig}
     * @throws IllegalArgumentException if it is not; the message lists those that are
     */
    <T> T next(Class<T> mapping);
}
