package io.quarkiverse.procdaemon.runtime.signal;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Holds the signals that a running daemon takes for requests, HUP and USR1, until there is a daemon, so that one that comes
 * early does not end the process and is handled later. A {@link ConfigBuilder}, since the configuration is the first thing
 * that an application creates.
 */
public final class HeldSignals implements ConfigBuilder {

    private static final AtomicBoolean BEGUN = new AtomicBoolean();
    private static final Map<String, Held> HELD = Map.of("HUP", new Held(), "USR1", new Held());

    private static final class Held implements SignalHandler {

        private final AtomicBoolean came = new AtomicBoolean();
        private volatile @Nullable SignalHandler before;

        @Override
        public void handle(Signal signal) {
            came.set(true);
        }
    }

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        if (LaunchMode.current() == LaunchMode.NORMAL && ImageMode.current() != ImageMode.NATIVE_BUILD
                && BEGUN.compareAndSet(false, true)) {
            HELD.forEach(HeldSignals::hold);
        }
        return builder;
    }

    /** Holds it from now on, unless it is ignored. */
    private static void hold(String name, Held held) {
        try {
            Signal signal = new Signal(name);
            SignalHandler old = Signal.handle(signal, held);
            if (old == SignalHandler.SIG_IGN) {
                Signal.handle(signal, old);
            } else {
                held.before = old;
            }
        } catch (IllegalArgumentException refused) {
            // The same for every handler, and logged when they are installed.
        }
    }

    /** Whether one has come since; to be called once, when the signal has its handler. */
    static boolean take(String name) {
        Held held = HELD.get(name);
        return held != null && held.came.getAndSet(false);
    }

    /** Restores the previous handler. */
    static void release(String name) {
        Held held = HELD.get(name);
        SignalHandler old = held == null ? null : held.before;
        if (old != null) {
            Signal signal = new Signal(name);
            Signal.handle(signal, old);
            if (take(name)) {
                Signal.raise(signal);
            }
        }
    }
}
