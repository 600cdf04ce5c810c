package io.quarkiverse.procdaemon.runtime.reload;

import java.util.List;

import io.smallrye.config.SmallRyeConfig;

/**
 * The mappings that follow reloads, each with its place in a snapshot.
 *
 * @param all the mappings, in the order of their places
 */
record LiveMappings(List<LiveMapping> all) {

    /** All of them out of one configuration, which has been validated. */
    Object[] read(SmallRyeConfig config) {
        Object[] read = new Object[all.size()];
        for (int i = 0; i < read.length; i++) {
            read[i] = config.getConfigMapping(all.get(i).type(), all.get(i).prefix());
        }
        return read;
    }

    /** Whether a key of that name may be of one of them. */
    boolean contain(String key) {
        return all.stream().anyMatch(mapping -> Change.continues(key, mapping.prefix()));
    }

    /** The place of a mapping; -1 if it is none of these. */
    int indexOf(Class<?> type) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).type() == type) {
                return i;
            }
        }
        return -1;
    }

    List<String> names() {
        return all.stream().map(mapping -> mapping.type().getName()).sorted().toList();
    }
}
