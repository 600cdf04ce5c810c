package io.quarkiverse.procdaemon.runtime.reload;

import java.util.stream.Stream;

import io.quarkiverse.procdaemon.ConfigSnapshot;
import io.smallrye.config.SmallRyeConfig;

/** A whole configuration, in force or about to be. Never changes. */
public final class Snapshot implements ConfigSnapshot {

    private final long epoch;
    private final SmallRyeConfig config;
    private final Reading reading;
    private final LiveMappings mappings;
    /** This, then the mappings in their order. */
    private final Object[] places;
    private final Object rules;

    private Snapshot(long epoch, SmallRyeConfig config, Reading reading, LiveMappings mappings, Object rules) {
        this.epoch = epoch;
        this.config = config;
        this.reading = reading;
        this.mappings = mappings;
        this.places = Stream.concat(Stream.of(this), mappings.read(config)).toArray();
        this.rules = rules;
    }

    /** That of the start, which is read from the sources that it has. */
    static Snapshot first(SmallRyeConfig config, LiveMappings mappings, Object rules) {
        return new Snapshot(1, config, null, mappings, rules);
    }

    /** The one that may follow this one. */
    Snapshot next(SmallRyeConfig another, Object itsRules) {
        return new Snapshot(epoch + 1, another, Reading.of(another), mappings, itsRules);
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
        return mapping.cast(places[place(index)]);
    }

    /** The rules of the daemon that this configuration makes. */
    public Object rules() {
        return rules;
    }

    /** To be read only. */
    Object[] places() {
        return places;
    }

    /** Whose places these are. */
    static Snapshot of(Object[] places) {
        return (Snapshot) places[0];
    }

    /** The place of the mapping with that index. */
    static int place(int index) {
        return index + 1;
    }

    LiveMappings mappings() {
        return mappings;
    }

    SmallRyeConfig config() {
        return config;
    }

    Reading reading() {
        return reading;
    }
}
