package io.quarkiverse.procdaemon.runtime.reload;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.smallrye.config.SecretKeys;
import io.smallrye.config.SmallRyeConfig;

/**
 * What every key of a configuration comes to, after profiles and expressions. Kept, because some sources answer anew each time:
 * the system properties, for one.
 */
final class EffectiveValues {

    private final Map<String, String> values;

    private EffectiveValues(Map<String, String> values) {
        this.values = values;
    }

    static EffectiveValues of(SmallRyeConfig config) {
        Map<String, String> values = new HashMap<>();
        SecretKeys.doUnlocked(() -> {
            for (String name : config.getLatestPropertyNames()) {
                // What is left with a profile is of one that is not active.
                if (!name.startsWith("%")) {
                    values.put(name, value(config, name));
                }
            }
        });
        return new EffectiveValues(values);
    }

    private static String value(SmallRyeConfig config, String name) {
        try {
            return config.getConfigValue(name).getValue();
        } catch (RuntimeException unresolved) {
            return null;
        }
    }

    /** The names of the keys that are in only one of them or have different values, in their order. */
    Set<String> changedTo(EffectiveValues next) {
        Set<String> changed = new TreeSet<>();
        values.forEach((name, value) -> {
            if (!next.values.containsKey(name) || !Objects.equals(value, next.values.get(name))) {
                changed.add(name);
            }
        });
        next.values.keySet().stream().filter(name -> !values.containsKey(name)).forEach(changed::add);
        return changed;
    }
}
