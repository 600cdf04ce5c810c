package io.quarkiverse.procdaemon;

import java.util.Set;

/** What a reload is about to change, for those that it asks. */
public interface ConfigChange {

    /** The names of all keys that have been added or removed or have another value, without the values. */
    Set<String> changed();

    /**
     * Whether a key of that name has changed or one that continues it after a dot or an index, as {@code ingest} in
     * {@code ingest.port}.
     */
    boolean affects(String prefix);

    /** The epoch that the reload leads to. */
    long epoch();

    /**
     * A mapping as it is before the change.
     *
     * @param mapping one that is injected somewhere as a {@link LiveConfig}
     * @throws IllegalArgumentException if it is not; names those that are
     */
    <T> T previous(Class<T> mapping);

    /**
     * A mapping as it will be if all agree.
     *
     * @param mapping one that is injected somewhere as a {@link LiveConfig}
     * @throws IllegalArgumentException if it is not; names those that are
     */
    <T> T next(Class<T> mapping);
}
