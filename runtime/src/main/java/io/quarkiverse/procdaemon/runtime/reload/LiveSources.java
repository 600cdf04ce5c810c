package io.quarkiverse.procdaemon.runtime.reload;

import java.util.Iterator;

import jakarta.annotation.Priority;

import org.jspecify.annotations.Nullable;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;

/**
 * Stands right above the sources of a configuration and answers from those that a reload has read, once there was one.
 * Everything above, such as profiles, expressions and converters, works on what it finds, so every look-up by name follows a
 * reload.
 */
@Priority(0)
final class LiveSources implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1;

    private final transient LiveState state;

    LiveSources(LiveState state) {
        this.state = state;
    }

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigSources sources = state.sources();
        return sources == null ? context.proceed(name) : sources.getValue(name);
    }

    @Override
    public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
        ConfigSources sources = state.sources();
        return sources == null ? context.iterateNames() : sources.names();
    }
}
