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
 * An object that {@link #get()} has returned never changes: who needs several values that belong together takes them from one
 * object, or, if they are of several mappings, from one {@link #snapshot()}.
 * <p>
 * All methods may be called from any thread; none blocks, and none costs more than reading a field.
 *
 * @param <T> the mapping
 */
public interface LiveConfig<T> {

    /** The mapping as it is now. */
    T get();

    /** Counts the configurations: 1 is that of the start, each reload that changes something makes the next. */
    long epoch();

    /** All live mappings of one moment. */
    ConfigSnapshot snapshot();
}
