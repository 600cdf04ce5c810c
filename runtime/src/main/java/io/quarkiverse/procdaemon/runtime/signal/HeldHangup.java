package io.quarkiverse.procdaemon.runtime.signal;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Holds the signal HUP until there is a daemon, so that one that comes early does not end the process and is handled later. A
 * {@link ConfigBuilder}, since the configuration is the first thing that an application creates.
 */
public final class HeldHangup implements ConfigBuilder {

    private static final String HUP = "HUP";
    private static final AtomicBoolean BEGUN = new AtomicBoolean();
    private static final AtomicBoolean CAME = new AtomicBoolean();
    private static volatile @Nullable SignalHandler before;

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        if (LaunchMode.current() == LaunchMode.NORMAL && ImageMode.current() != ImageMode.NATIVE_BUILD) {
            hold();
        }
        return builder;
    }

    /** Holds it from now on, unless it is ignored or held already. */
    private static void hold() {
        if (!BEGUN.compareAndSet(false, true)) {
            return;
        }
        try {
            Signal hangup = new Signal(HUP);
            SignalHandler old = Signal.handle(hangup, signal -> CAME.set(true));
            if (old == SignalHandler.SIG_IGN) {
                Signal.handle(hangup, old);
            } else {
                before = old;
            }
        } catch (IllegalArgumentException refused) {
            // The same for every handler, and logged when they are installed.
        }
    }

    /** Whether one has come since; to be called once, when the signal has its handler. */
    static boolean take(String signal) {
        return signal.equals(HUP) && CAME.getAndSet(false);
    }

    /** Restores the previous handler. */
    static void release(String signal) {
        SignalHandler old = before;
        if (signal.equals(HUP) && old != null) {
            Signal hangup = new Signal(HUP);
            Signal.handle(hangup, old);
            if (take(signal)) {
                Signal.raise(hangup);
            }
        }
    }
}
