package io.quarkiverse.procdaemon.runtime.signal;

import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.config.SignalAction;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownCoordinator;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Installs what each signal is to do. The JVM calls a handler on a thread of its own for each signal; where several come they
 * may be handled at once, so what they call takes any number.
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

    /** Whether this system has a signal of that name, which is written without {@code SIG}. */
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
     * @param actions what is configured, by the names of the signals; TERM and INT end the daemon and HUP has
     *        the configuration read anew unless it says otherwise
     * @param exitCode with what exit code a signal ends the process; empty for 128 and the signal's number
     * @param reload has the configuration read anew, if told by what; must not block
     */
    public static void install(Map<String, SignalAction> actions, OptionalInt exitCode, ShutdownCoordinator shutdown,
            Consumer<String> reload) {
        SignalHandlers handlers = new SignalHandlers(shutdown, exitCode, reload);
        Map<String, SignalAction> all = new TreeMap<>(DEFAULTS);
        all.putAll(actions);
        all.forEach(handlers::install);
    }

    private void install(String name, SignalAction action) {
        switch (action) {
            case SHUTDOWN -> handle(name, this::end);
            case RELOAD -> handle(name, signal -> reload.accept("The signal " + signal.getName()));
            case IGNORE -> handle(name, signal -> LOG.debugf("The signal %s is ignored", signal.getName()));
            case NONE -> {
                HeldHangup.release(name);
                LOG.debugf("The signal %s is left to the JVM", name);
            }
        }
    }

    private void handle(String name, SignalHandler handler) {
        try {
            SignalHandler old = Signal.handle(new Signal(name), handler);
            if (old == SignalHandler.SIG_IGN) {
                Signal.handle(new Signal(name), old);
                LOG.infof("The signal %s was ignored when the process began, as under nohup or in the background of a script,"
                        + " and stays so", name);
            } else if (HeldHangup.take(name)) {
                LOG.infof("The signal %s came while the application began to start", name);
                handler.handle(new Signal(name));
            }
        } catch (IllegalArgumentException refused) {
            LOG.warnf("The signal %s cannot be handled (%s), so it does what it does to any JVM; -Xrs on the command line and"
                    + " signals that belong to the JVM are the usual causes", name, refused.getMessage());
        }
    }

    private void end(Signal signal) {
        int number = signal.getNumber();
        shutdown.signalled(new ShutdownReason.Signal(number, signal.getName()), exitCode.orElse(128 + number));
    }
}
