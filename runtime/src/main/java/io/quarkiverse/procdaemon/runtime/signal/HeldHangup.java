package io.quarkiverse.procdaemon.runtime.signal;

import java.util.concurrent.atomic.AtomicBoolean;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Holds the signal HUP from before there is a daemon: one that comes early is kept for it and does not end the process. */
public final class HeldHangup {

    private static final String HUP = "HUP";
    private static final AtomicBoolean BEGUN = new AtomicBoolean();
    private static final AtomicBoolean CAME = new AtomicBoolean();
    private static volatile SignalHandler before;

    private HeldHangup() {
    }

    /** Holds it from now on, unless it is ignored or was held before. */
    public static void hold() {
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
            // As it is for every handler, which is said when they are installed.
        }
    }

    /** Whether one has come since it is held; to be asked once, when it has a handler of its own. */
    static boolean take(String signal) {
        return signal.equals(HUP) && CAME.getAndSet(false);
    }

    /** Leaves the signal to its former handler. */
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
