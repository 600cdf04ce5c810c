package io.quarkiverse.procdaemon.runtime.reload;

import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkiverse.procdaemon.LiveConfig;
import io.smallrye.config.SmallRyeConfig;

/**
 * The configuration in force. A source without properties, so that it can be found among those of the configuration that it
 * belongs to.
 * <p>
 * Memory model: a snapshot never changes and is reachable by one volatile field only, so whoever sees its epoch sees all of it.
 */
public final class LiveState implements ConfigSource {

    /** File systems take the time of the kernel's last tick, which is up to that old. */
    private static final long TICK = 10;

    private final long readAt = System.currentTimeMillis() - TICK;
    private volatile Snapshot current;

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

    /** What is in force; null before the daemon is assembled. Any thread may call this. */
    public Snapshot current() {
        return current;
    }

    /** Puts another one in force, for all readers at once. Called by one thread at a time. */
    public void publish(Snapshot next) {
        current = next;
    }

    /** What reads a mapping in the snapshot that is in force; there must be one already. */
    public <T> LiveConfig<T> config(Class<T> mapping) {
        return new LiveConfigBean<>(this, current.mappings().indexOf(mapping));
    }

    /** Null as long as the sources that the application started with are those in force. */
    ConfigSources reading() {
        Snapshot now = current;
        return now == null ? null : now.reading();
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
    public String getValue(String name) {
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
