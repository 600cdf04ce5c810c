package io.quarkiverse.procdaemon.runtime.signal;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.event.DaemonSignal;
import io.quarkiverse.procdaemon.runtime.config.SignalAction;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Installs the signal handlers. The JVM calls a handler on a new thread for each signal, so several may run at the same time.
 */
public final class SignalHandlers {

    private static final Logger LOG = Logger.getLogger(SignalHandlers.class);
    private static final Map<String, SignalAction> DEFAULTS = Map.of("TERM", SignalAction.SHUTDOWN, "INT",
            SignalAction.SHUTDOWN, "HUP", SignalAction.RELOAD, "USR1", SignalAction.DUMP);

    private final SignalTarget target;
    private final OptionalInt exitCode;

    SignalHandlers(SignalTarget target, OptionalInt exitCode) {
        this.target = target;
        this.exitCode = exitCode;
    }

    /**
     * Installs the handlers.
     *
     * @param actions the configured actions by the names of the signals; by default TERM and INT shut down the daemon, HUP
     *        reloads the configuration, and USR1 writes a thread dump
     * @param exitCode the exit code of the process after a signal; empty for 128 + the number of the signal
     * @param target what the signals act on
     */
    public static void install(Map<String, SignalAction> actions, OptionalInt exitCode, SignalTarget target) {
        SignalHandlers handlers = new SignalHandlers(target, exitCode);
        for (Map.Entry<String, SignalAction> each : withDefaults(actions, SignalNames::isKnown).entrySet()) {
            if (each.getValue() == SignalAction.NONE) {
                HeldSignals.release(each.getKey());
                LOG.debugf("The signal %s is left to the JVM", each.getKey());
            } else {
                handle(each.getKey(), signal -> handlers.perform(each.getValue(), signal));
            }
        }
    }

    /** What is configured, and the defaults for the signals that this system has: Windows has neither HUP nor USR1. */
    static Map<String, SignalAction> withDefaults(Map<String, SignalAction> configured, Predicate<String> known) {
        Map<String, SignalAction> all = new TreeMap<>(DEFAULTS);
        all.keySet().removeIf(known.negate());
        // In small letters if an environment variable has set it.
        configured.forEach((name, action) -> all.put(name.toUpperCase(Locale.ROOT), action));
        return all;
    }

    // No switch: its class would be loaded when the first signal comes, which may be the one that ends the process. The event
    // comes second: if the memory does not suffice for it, the action has been taken.
    void perform(SignalAction action, Signal signal) {
        String name = signal.getName();
        if (action == SignalAction.SHUTDOWN) {
            end(signal);
        } else if (action == SignalAction.RELOAD) {
            target.reload("The signal " + name);
        } else if (action == SignalAction.DUMP) {
            target.dump(name);
        } else if (action == SignalAction.DRAIN) {
            LOG.infof("The signal %s drains the daemon", name);
            target.drain();
        } else if (action == SignalAction.RESUME) {
            LOG.infof("The signal %s ends the drain of the daemon", name);
            target.resume();
        } else {
            LOG.debugf("The signal %s has no effect but its event", name);
        }
        target.received(new DaemonSignal(signal.getNumber(), name));
    }

    private static void handle(String name, SignalHandler handler) {
        try {
            SignalHandler old = Signal.handle(new Signal(name), handler);
            if (old == SignalHandler.SIG_IGN) {
                Signal.handle(new Signal(name), old);
                LOG.infof("The signal %s was ignored when the process started (as under nohup, or in the background of a"
                        + " script) and stays ignored", name);
            } else if (HeldSignals.take(name)) {
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
        target.shutdown(new ShutdownReason.Signal(number, signal.getName()), exitCode.orElse(128 + number));
    }
}
