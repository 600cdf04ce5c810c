package io.quarkiverse.procdaemon.runtime.signal;

import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.config.SignalAction;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownCoordinator;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Installs the signal handlers. The JVM calls a handler on a new thread for each signal, so several may run at the same time.
 */
public final class SignalHandlers {

    private static final Logger LOG = Logger.getLogger(SignalHandlers.class);
    private static final Map<String, SignalAction> DEFAULTS = Map.of("TERM", SignalAction.SHUTDOWN, "INT",
            SignalAction.SHUTDOWN, "HUP", SignalAction.RELOAD);

    private final ShutdownCoordinator shutdown;
    private final OptionalInt exitCode;
    private final Consumer<String> reload;

    private SignalHandlers(ShutdownCoordinator shutdown, OptionalInt exitCode, Consumer<String> reload) {
        this.shutdown = shutdown;
        this.exitCode = exitCode;
        this.reload = reload;
    }

    /** Whether this system has a signal of that name, without {@code SIG}. */
    public static boolean isKnown(String name) {
        try {
            return new Signal(name).getNumber() >= 0;
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    /**
     * Installs the handlers.
     *
     * @param actions the configured actions by the names of the signals; by default TERM and INT shut down the daemon and HUP
     *        reloads the configuration
     * @param exitCode the exit code of the process after a signal; empty for 128 + the number of the signal
     * @param reload requests a reload; its argument says what caused it; must not block
     */
    public static void install(Map<String, SignalAction> actions, OptionalInt exitCode, ShutdownCoordinator shutdown,
            Consumer<String> reload) {
        SignalHandlers handlers = new SignalHandlers(shutdown, exitCode, reload);
        for (Map.Entry<String, SignalAction> each : withDefaults(actions, SignalHandlers::isKnown).entrySet()) {
            if (each.getValue() == SignalAction.NONE) {
                HeldHangup.release(each.getKey());
                LOG.debugf("The signal %s is left to the JVM", each.getKey());
            } else {
                handle(each.getKey(), signal -> handlers.perform(each.getValue(), signal));
            }
        }
    }

    /** What is configured, and the defaults for the signals that this system has: Windows has no HUP. */
    static Map<String, SignalAction> withDefaults(Map<String, SignalAction> configured, Predicate<String> known) {
        Map<String, SignalAction> all = new TreeMap<>(DEFAULTS);
        all.keySet().removeIf(known.negate());
        all.putAll(configured);
        return all;
    }

    // No switch: its class would be loaded when the first signal comes, which may be the one that ends the process.
    private void perform(SignalAction action, Signal signal) {
        if (action == SignalAction.SHUTDOWN) {
            end(signal);
        } else if (action == SignalAction.RELOAD) {
            reload.accept("The signal " + signal.getName());
        } else {
            LOG.debugf("The signal %s is ignored", signal.getName());
        }
    }

    private static void handle(String name, SignalHandler handler) {
        try {
            SignalHandler old = Signal.handle(new Signal(name), handler);
            if (old == SignalHandler.SIG_IGN) {
                Signal.handle(new Signal(name), old);
                LOG.infof("The signal %s was ignored when the process started (as under nohup, or in the background of a"
                        + " script) and stays ignored", name);
            } else if (HeldHangup.take(name)) {
                LOG.infof("The signal %s came before the daemon was ready for it and is handled now", name);
                handler.handle(new Signal(name));
            }
        } catch (IllegalArgumentException refused) {
            LOG.warnf(
                    "The signal %s cannot be handled (%s) and is left to the JVM; usual causes are -Xrs on the command line and"
                            + " signals that the JVM uses itself",
                    name, refused.getMessage());
        }
    }

    private void end(Signal signal) {
        int number = signal.getNumber();
        shutdown.signalled(new ShutdownReason.Signal(number, signal.getName()), exitCode.orElse(128 + number));
    }
}
