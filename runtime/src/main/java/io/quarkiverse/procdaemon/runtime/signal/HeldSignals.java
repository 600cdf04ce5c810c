package io.quarkiverse.procdaemon.runtime.signal;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Holds the signals that a running daemon handles by default until there is a daemon, so that one that comes early is handled
 * later: HUP and USR1 do not end the process, TERM and INT end it in order. Those two are held for a short time only: if the
 * start takes longer, the JVM gets them, so that they end a start at any time. A {@link ConfigBuilder}, since the configuration
 * is the first thing that an application creates.
 */
public final class HeldSignals implements ConfigBuilder {

    private static final AtomicBoolean BEGUN = new AtomicBoolean();
    private static final Map<String, HeldSignal> HELD = Map.of("HUP", new HeldSignal(), "USR1", new HeldSignal(), "TERM",
            new EarlyEnd(), "INT", new EarlyEnd());

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        if (LaunchMode.current() == LaunchMode.NORMAL && ImageMode.current() != ImageMode.NATIVE_BUILD
                && BEGUN.compareAndSet(false, true)) {
            HELD.forEach(HeldSignals::hold);
        }
        return builder;
    }

    /** Holds it from now on, unless it is ignored. */
    private static void hold(String name, HeldSignal held) {
        try {
            Signal signal = new Signal(name);
            SignalHandler old = Signal.handle(signal, held);
            if (old == SignalHandler.SIG_IGN) {
                Signal.handle(signal, old);
            } else {
                held.replaces(old);
            }
        } catch (IllegalArgumentException refused) {
            // The same for every handler, and logged when they are installed.
        }
    }

    /** Whether one has come since; to be called once, when the signal has its handler. */
    static boolean take(String name) {
        HeldSignal held = HELD.get(name);
        return held != null && held.take();
    }

    /** Restores the previous handler. */
    static void release(String name) {
        HeldSignal held = HELD.get(name);
        SignalHandler old = held == null ? null : held.replaced();
        if (old != null) {
            Signal signal = new Signal(name);
            Signal.handle(signal, old);
            if (held.take()) {
                Signal.raise(signal);
            }
        }
    }

    /** The signal that came before there was a daemon and ended the JVM, because the start took long; null if none did. */
    public static ShutdownReason.@Nullable Signal endedTheStart() {
        return EarlyEnd.first();
    }
}
