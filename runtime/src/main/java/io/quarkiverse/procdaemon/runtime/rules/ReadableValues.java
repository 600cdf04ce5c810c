package io.quarkiverse.procdaemon.runtime.rules;

import java.util.Optional;

import jakarta.annotation.Priority;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * Replaces invalid values of this extension's keys by valid ones while a configuration is read: converting them would fail
 * before {@link KeyCheck} can report all problems. Such a configuration never applies, since the check looks at the original
 * values.
 */
@Priority(Priorities.APPLICATION)
public final class ReadableValues implements ConfigSourceInterceptor, ConfigBuilder {

    private static final long serialVersionUID = 1;

    private static final ThreadLocal<Boolean> AS_WRITTEN = new ThreadLocal<>();

    /** The original value, valid or not. */
    static ConfigValue asWritten(SmallRyeConfig config, String key) {
        AS_WRITTEN.set(true);
        try {
            return config.getConfigValue(key);
        } finally {
            AS_WRITTEN.remove();
        }
    }

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        return builder.withInterceptors(this);
    }

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue written = context.proceed(name);
        if (written == null || !name.startsWith(Keys.PREFIX) || AS_WRITTEN.get() != null) {
            return written;
        }
        Optional<KnownKey> key = KnownKey.of(name);
        if (key.isEmpty() || objection(key.get().setting(), written) == null) {
            return written;
        }
        return written.noProblems().withValue(key.get().setting().rule().legal());
    }

    /** Like {@link Rule#objection}, also for an expression that cannot be resolved. */
    static @Nullable String objection(Setting setting, ConfigValue written) {
        if (written.getValue() != null) {
            return setting.objection(written.getValue());
        }
        return written.hasProblems() ? "uses a value that is not set; set that or remove the key" : null;
    }
}
