package io.quarkiverse.procdaemon.runtime.reload;

import java.util.List;

import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.SmallRyeConfig;

/** The mappings that follow reloads, each with its place in a snapshot. */
final class LiveMappings {

    private final List<ConfigClass> mappings;

    private LiveMappings(List<ConfigClass> mappings) {
        this.mappings = mappings;
    }

    static LiveMappings of(List<LiveMapping> found, ClassLoader loader) {
        return new LiveMappings(found.stream().map(mapping -> {
            try {
                return ConfigClass.configClass(loader.loadClass(mapping.type()), mapping.prefix());
            } catch (ClassNotFoundException broken) {
                throw new IllegalStateException(broken);
            }
        }).toList());
    }

    /** All of them out of one configuration, which has been validated. */
    Object[] read(SmallRyeConfig config) {
        return mappings.stream().map(mapping -> config.getConfigMapping(mapping.getType(), mapping.getPrefix())).toArray();
    }

    /** The place of a mapping; -1 if it is none of these. */
    int indexOf(Class<?> type) {
        for (int i = 0; i < mappings.size(); i++) {
            if (mappings.get(i).getType() == type) {
                return i;
            }
        }
        return -1;
    }

    List<String> names() {
        return mappings.stream().map(mapping -> mapping.getType().getName()).sorted().toList();
    }
}
