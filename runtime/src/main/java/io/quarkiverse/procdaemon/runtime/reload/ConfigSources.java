package io.quarkiverse.procdaemon.runtime.reload;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.ConfigValueConfigSource;
import io.smallrye.config.SmallRyeConfig;

/** The sources of one configuration as they were read, the one that counts most first. */
final class ConfigSources {

    private final List<ConfigSource> sources;

    private ConfigSources(List<ConfigSource> sources) {
        this.sources = sources;
    }

    static ConfigSources of(SmallRyeConfig config) {
        return new ConfigSources(StreamSupport.stream(config.getConfigSources().spliterator(), false).toList());
    }

    /** As it is written down, before expressions and profiles; null if it is nowhere. */
    @Nullable
    ConfigValue getValue(String name) {
        for (int i = 0; i < sources.size(); i++) {
            ConfigValue value = value(sources.get(i), name, i);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable ConfigValue value(ConfigSource source, String name, int position) {
        if (source instanceof ConfigValueConfigSource detailed) {
            ConfigValue value = detailed.getConfigValue(name);
            return value == null ? null : value.from().withConfigSourcePosition(position).build();
        }
        String value = source.getValue(name);
        return value == null ? null
                : ConfigValue.builder().withName(name).withValue(value).withRawValue(value)
                        .withConfigSourceName(source.getName()).withConfigSourceOrdinal(source.getOrdinal())
                        .withConfigSourcePosition(position).build();
    }

    /** What is written for a key, not what came up while the application started; null if nothing is. */
    @Nullable
    String written(String name, List<String> profiles) {
        for (ConfigSource source : sources) {
            if (!source.getName().equals(ConfigLoader.VALUE_REGISTRY)) {
                for (String profile : profiles) {
                    String value = source.getValue("%" + profile + "." + name);
                    if (value != null) {
                        return value;
                    }
                }
                String value = source.getValue(name);
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
    }

    Iterator<String> names() {
        return sources.stream().map(ConfigSource::getPropertyNames).filter(names -> names != null).flatMap(Set::stream)
                .iterator();
    }
}
