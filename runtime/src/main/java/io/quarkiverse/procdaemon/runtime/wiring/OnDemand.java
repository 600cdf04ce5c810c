package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Makes its source when it is first asked, so that the classes of the source are not loaded before. The maker has to be a
 * lambda: a reference to a constructor loads its class at once.
 */
final class OnDemand<T> implements Supplier<T> {

    private final Supplier<? extends Supplier<T>> maker;
    private @Nullable Supplier<T> source;

    OnDemand(Supplier<? extends Supplier<T>> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        return source().get();
    }

    private synchronized Supplier<T> source() {
        if (source == null) {
            source = maker.get();
        }
        return source;
    }
}
