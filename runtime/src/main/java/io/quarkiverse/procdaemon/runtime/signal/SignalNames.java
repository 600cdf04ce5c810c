package io.quarkiverse.procdaemon.runtime.signal;

import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import sun.misc.Signal;

/** The names of signals: which ones this system has, and which ones cannot be handled. */
public final class SignalNames {

    private static final String PREFIX = "SIG";
    private static final String BY_NONE = "no process can handle it";
    private static final String OF_ERRORS = "the JVM needs it for errors in native code and for checks of its own";

    /** Why a process on the JVM leaves them alone. */
    private static final Map<String, String> KEPT = Map.of(
            "QUIT", "the JVM prints a thread dump when it gets it",
            "USR2", "the JVM uses it itself, for example for the Flight Recorder",
            "KILL", BY_NONE, "STOP", BY_NONE,
            "SEGV", OF_ERRORS, "BUS", OF_ERRORS, "ILL", OF_ERRORS, "FPE", OF_ERRORS, "TRAP", OF_ERRORS);

    private SignalNames() {
    }

    /** Whether this system has a signal of that name, without {@code SIG}. */
    static boolean isKnown(String name) {
        try {
            return new Signal(name).getNumber() >= 0;
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    /**
     * What is wrong with an entry for a signal: a clause that says what to do; null if the signal can have that action.
     *
     * @param action as in the configuration, not necessarily valid
     */
    public static @Nullable String objection(String name, String action) {
        String reason = KEPT.get(name);
        if (reason != null) {
            return action.trim().equalsIgnoreCase("none") ? null
                    : name + " cannot have an action, because " + reason + "; use another signal, or remove the key";
        }
        if (isKnown(name)) {
            return null;
        }
        String capitals = name.trim().toUpperCase(Locale.ROOT);
        String plain = capitals.startsWith(PREFIX) ? capitals.substring(PREFIX.length()) : capitals;
        return "there is no signal of that name here; " + (isKnown(plain) || KEPT.containsKey(plain)
                ? "names are in capitals and without SIG: write \"" + plain + "\""
                : "write its name in capitals and without SIG, as in TERM (kill -l lists those of this system), or remove the key");
    }
}
