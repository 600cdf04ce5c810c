package io.quarkiverse.procdaemon.runtime.reload;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ConfigSnapshot;
import io.smallrye.config.SmallRyeConfig;

/** A whole configuration, active or about to be. Never changes. */
public final class Snapshot implements ConfigSnapshot {

    private final long epoch;
    private final SmallRyeConfig config;
    private final @Nullable ConfigSources sources;
    private final LiveMappings mappings;
    private final Object[] values;
    private final Object settings;

    private Snapshot(long epoch, SmallRyeConfig config, @Nullable ConfigSources sources, LiveMappings mappings,
            Object settings) {
        this.epoch = epoch;
        this.config = config;
        this.sources = sources;
        this.mappings = mappings;
        this.values = mappings.read(config);
        this.settings = settings;
    }

    /** That of the start, which is read from the sources that it has. */
    static Snapshot first(SmallRyeConfig config, LiveMappings mappings, Object settings) {
        return new Snapshot(1, config, null, mappings, settings);
    }

    /** The one that may follow this one. */
    Snapshot next(SmallRyeConfig another, Object itsSettings) {
        return new Snapshot(epoch + 1, another, ConfigSources.of(another), mappings, itsSettings);
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public <T> T get(Class<T> mapping) {
        int index = mappings.indexOf(mapping);
        if (index < 0) {
            throw new IllegalArgumentException(mapping.getName() + " does not follow reloads, since nothing injects LiveConfig<"
                    + mapping.getSimpleName() + ">; live mappings: " + mappings.names());
        }
        return mapping.cast(values[index]);
    }

    /** The settings of the daemon in this configuration. */
    public Object settings() {
        return settings;
    }

    Object value(int index) {
        return values[index];
    }

    LiveMappings mappings() {
        return mappings;
    }

    SmallRyeConfig config() {
        return config;
    }

    @Nullable
    ConfigSources sources() {
        return sources;
    }
}
