package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What the current configuration says, computed once for each configuration. Thread-safe without a lock: several threads may
 * compute the same immutable value.
 */
final class Current<T extends @Nullable Object> implements Supplier<T> {

    private final Supplier<ConfiguredSettings> configured;
    private final Function<ConfiguredSettings, T> value;
    private @Nullable Computed<T> last;

    private record Computed<T extends @Nullable Object>(ConfiguredSettings configured, T value) {
    }

    /** @param configured the current configuration */
    Current(Supplier<ConfiguredSettings> configured, Function<ConfiguredSettings, T> value) {
        this.configured = configured;
        this.value = value;
    }

    @Override
    public T get() {
        ConfiguredSettings now = configured.get();
        Computed<T> computed = last;
        if (computed == null || computed.configured != now) {
            computed = new Computed<>(now, value.apply(now));
            last = computed;
        }
        return computed.value;
    }
}
