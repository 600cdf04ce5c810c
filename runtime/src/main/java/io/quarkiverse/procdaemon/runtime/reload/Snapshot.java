package io.quarkiverse.procdaemon.runtime.reload;

import io.quarkiverse.procdaemon.ConfigSnapshot;
import io.smallrye.config.SmallRyeConfig;

/** A whole configuration, in force or about to be. Never changes. */
public final class Snapshot implements ConfigSnapshot {

    private final long epoch;
    private final SmallRyeConfig config;
    private final ConfigSources reading;
    private final LiveMappings mappings;
    private final Object[] values;
    private final Object rules;

    private Snapshot(long epoch, SmallRyeConfig config, ConfigSources reading, LiveMappings mappings, Object rules) {
        this.epoch = epoch;
        this.config = config;
        this.reading = reading;
        this.mappings = mappings;
        this.values = mappings.read(config);
        this.rules = rules;
    }

    /** That of the start, which is read from the sources that it has. */
    static Snapshot first(SmallRyeConfig config, LiveMappings mappings, Object rules) {
        return new Snapshot(1, config, null, mappings, rules);
    }

    /** The one that may follow this one. */
    Snapshot next(SmallRyeConfig another, Object itsRules) {
        return new Snapshot(epoch + 1, another, ConfigSources.of(another), mappings, itsRules);
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public <T> T get(Class<T> mapping) {
        int index = mappings.indexOf(mapping);
        if (index < 0) {
            throw new IllegalArgumentException(mapping.getName() + " is not live, since nothing injects LiveConfig<"
                    + mapping.getSimpleName() + ">; live are " + mappings.names());
        }
        return mapping.cast(values[index]);
    }

    /** The rules of the daemon that this configuration makes. */
    public Object rules() {
        return rules;
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

    ConfigSources reading() {
        return reading;
    }
}
