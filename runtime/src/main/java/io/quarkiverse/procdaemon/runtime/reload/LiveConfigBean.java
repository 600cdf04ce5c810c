package io.quarkiverse.procdaemon.runtime.reload;

import io.quarkiverse.procdaemon.ConfigSnapshot;
import io.quarkiverse.procdaemon.LiveConfig;

/** Reads one place of the snapshot in force. */
final class LiveConfigBean<T> implements LiveConfig<T> {

    private final LiveState state;
    private final int index;

    LiveConfigBean(LiveState state, int index) {
        this.state = state;
        this.index = index;
    }

    // What stands in a place is of the type that the place was found by.
    @Override
    @SuppressWarnings("unchecked")
    public T get() {
        return (T) state.current().value(index);
    }

    @Override
    public long epoch() {
        return state.current().epoch();
    }

    @Override
    public ConfigSnapshot snapshot() {
        return state.current();
    }
}
