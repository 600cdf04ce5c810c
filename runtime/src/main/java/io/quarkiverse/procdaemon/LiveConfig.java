package io.quarkiverse.procdaemon;

/**
 * A configuration mapping that follows reloads. Inject it for any {@code @ConfigMapping} interface:
 *
 * <pre>{@code
 * @Inject
 * LiveConfig<IngestConfig> config;
 *
 * int limit = config.get().maxLineBytes();
 * }</pre>
 *
 * An object returned by {@link #get()} never changes. To read several values consistently, take them from one object, or from
 * one {@link #snapshot()} if they belong to several mappings.
 * <p>
 * All methods may be called from any thread, never block and cost no more than reading a field.
 *
 * @param <T> the mapping
 */
public interface LiveConfig<T> {

    /** The mapping with its current values. */
    T get();

    /** The number of the current configuration: 1 at the start, incremented by each reload that changes something. */
    long epoch();

    /** All live mappings at one moment. */
    ConfigSnapshot snapshot();
}
