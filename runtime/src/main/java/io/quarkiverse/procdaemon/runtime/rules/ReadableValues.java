package io.quarkiverse.procdaemon.runtime.rules;

import jakarta.annotation.Priority;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import io.smallrye.config.SmallRyeConfig;

/**
 * Keeps values of this extension's keys that are wrong from being converted, which would end the reading of a configuration
 * before {@link KeyCheck} can say what is wrong with all of it: something that is right stands in for them. Such a
 * configuration never applies, since the check looks at what was written.
 */
@Priority(Priorities.APPLICATION)
final class ReadableValues implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1;

    private static final ThreadLocal<Boolean> AS_WRITTEN = new ThreadLocal<>();

    /** What was written, right or not. */
    static ConfigValue asWritten(SmallRyeConfig config, String key) {
        AS_WRITTEN.set(true);
        try {
            return config.getConfigValue(key);
        } finally {
            AS_WRITTEN.remove();
        }
    }

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue written = context.proceed(name);
        if (written == null || !name.startsWith(Keys.PREFIX) || AS_WRITTEN.get() != null) {
            return written;
        }
        return KnownKey.of(name).filter(key -> objection(key.setting(), written) != null)
                .map(key -> written.noProblems().withValue(key.setting().rule().legal())).orElse(written);
    }

    /** As {@link Rule#objection}, also of an expression that leads nowhere. */
    static String objection(Setting setting, ConfigValue written) {
        if (written.getValue() != null) {
            return setting.objection(written.getValue());
        }
        return written.hasProblems() ? "uses a value that is not set; set that or remove the key" : null;
    }
}
