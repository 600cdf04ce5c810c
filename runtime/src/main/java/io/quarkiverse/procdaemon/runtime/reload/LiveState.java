package io.quarkiverse.procdaemon.runtime.reload;

import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ConfigSnapshot;
import io.quarkiverse.procdaemon.LiveConfig;
import io.smallrye.config.SmallRyeConfig;

/**
 * The active configuration. A source without properties, so that it can be found among those of the configuration that it
 * belongs to.
 * <p>
 * Memory model: a snapshot never changes and is reachable by one volatile field only, so a reader that sees its epoch sees all
 * of it.
 */
public final class LiveState implements ConfigSource {

    /** File systems take the time of the kernel's last tick, which is up to that old. */
    private static final long TICK = 10;

    private final long readAt = System.currentTimeMillis() - TICK;
    private volatile @Nullable Snapshot current;

    /** The state of a running configuration. */
    public static LiveState of(SmallRyeConfig running) {
        for (ConfigSource source : running.getConfigSources()) {
            if (source instanceof LiveState state) {
                return state;
            }
        }
        throw new IllegalStateException(
                "this configuration was not made by Quarkus with proc-daemon, so it cannot follow reloads");
    }

    /** When the configuration that this belongs to was about to be read: a file that is older was not changed since. */
    long readAt() {
        return readAt;
    }

    /** The active configuration; null before the daemon is assembled. Any thread may call this. */
    public @Nullable Snapshot current() {
        return current;
    }

    /** Activates another one, for all readers at once. Called by one thread at a time. */
    public void publish(Snapshot next) {
        current = next;
    }

    /** Reads a mapping in the active snapshot; there must be one already. */
    public <T> LiveConfig<T> config(Class<T> mapping) {
        return new Place<>(this, current.mappings().indexOf(mapping));
    }

    /** One place of the active snapshot. */
    private record Place<T>(LiveState state, int index) implements LiveConfig<T> {

        // What stands in a place is of the type that the place was found by.
        @Override
        @SuppressWarnings("unchecked")
        public T get() {
            return (T) state.current.value(index);
        }

        @Override
        public long epoch() {
            return state.current.epoch();
        }

        @Override
        public ConfigSnapshot snapshot() {
            return state.current;
        }
    }

    /** Null as long as the sources that the application started with are the active ones. */
    @Nullable
    ConfigSources sources() {
        Snapshot now = current;
        return now == null ? null : now.sources();
    }

    @Override
    public Map<String, String> getProperties() {
        return Map.of();
    }

    @Override
    public Set<String> getPropertyNames() {
        return Set.of();
    }

    @Override
    public @Nullable String getValue(String name) {
        return null;
    }

    @Override
    public String getName() {
        return "proc-daemon live state";
    }

    @Override
    public int getOrdinal() {
        return Integer.MIN_VALUE;
    }
}
