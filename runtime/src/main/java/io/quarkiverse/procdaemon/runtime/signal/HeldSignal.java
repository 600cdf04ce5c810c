package io.quarkiverse.procdaemon.runtime.signal;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Notes that a signal has come. */
class HeldSignal implements SignalHandler {

    private final AtomicBoolean came = new AtomicBoolean();
    private volatile @Nullable SignalHandler before;

    @Override
    public void handle(Signal signal) {
        came.set(true);
    }

    void replaces(SignalHandler handler) {
        before = handler;
    }

    /** The handler that the signal had before; null if it is not held. */
    @Nullable
    SignalHandler replaced() {
        return before;
    }

    /** Whether it has come since it is held, or since the last call. */
    boolean take() {
        return came.getAndSet(false);
    }
}
