package io.quarkiverse.procdaemon.runtime.reload;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SecretKeys;
import io.smallrye.config.SmallRyeConfig;

/**
 * The value of every key of a configuration, after profiles and expressions. Kept, because the answers of some sources change,
 * those of the system properties for one.
 */
final class EffectiveValues {

    private static final String SYSTEM_PROPERTIES = "SysPropConfigSource";

    private final Map<String, Value> values;

    /** @param text null if there is none */
    private record Value(@Nullable String text, @Nullable String source) {
    }

    private EffectiveValues(Map<String, Value> values) {
        this.values = values;
    }

    static EffectiveValues of(SmallRyeConfig config) {
        Map<String, Value> values = new HashMap<>();
        SecretKeys.doUnlocked(() -> {
            for (String name : config.getLatestPropertyNames()) {
                // A key that still has a profile belongs to one that is not active.
                if (!name.startsWith("%")) {
                    values.put(name, value(config, name));
                }
            }
        });
        return new EffectiveValues(values);
    }

    private static Value value(SmallRyeConfig config, String name) {
        try {
            ConfigValue value = config.getConfigValue(name);
            return ConfigLoader.VALUE_REGISTRY.equals(value.getConfigSourceName())
                    ? new Value(ConfigSources.of(config).written(name, config.getProfiles()), ConfigLoader.VALUE_REGISTRY)
                    : new Value(value.getValue(), value.getConfigSourceName());
        } catch (RuntimeException unresolved) {
            return new Value(null, null);
        }
    }

    /**
     * The names of the keys that are in only one of them or have different values, in their order.
     *
     * @param known keys that somebody reads; other system properties are no configuration
     */
    Set<String> changedTo(EffectiveValues next, Predicate<String> known) {
        Set<String> changed = new TreeSet<>();
        values.forEach((name, value) -> {
            if (differ(value, next.values.get(name), name, known)) {
                changed.add(name);
            }
        });
        next.values.forEach((name, value) -> {
            if (!values.containsKey(name) && differ(value, null, name, known)) {
                changed.add(name);
            }
        });
        return changed;
    }

    private static boolean differ(Value one, @Nullable Value other, String name, Predicate<String> known) {
        if (other != null && Objects.equals(one.text(), other.text())) {
            return false;
        }
        if (isOfTheRun(one) || isOfTheRun(other)) {
            // What came up while the application started is no change; what is written for it may have been.
            return other != null && isOfTheRun(one) && isOfTheRun(other);
        }
        return !isSystemProperty(one) && !isSystemProperty(other) || known.test(name);
    }

    private static boolean isOfTheRun(@Nullable Value value) {
        return value != null && ConfigLoader.VALUE_REGISTRY.equals(value.source());
    }

    private static boolean isSystemProperty(@Nullable Value value) {
        return value != null && SYSTEM_PROPERTIES.equals(value.source());
    }
}
