package io.quarkiverse.procdaemon.runtime.engine.foreign;

import java.util.Set;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemNotFoundException;

/** Failures on one line, for human readers: {@code IllegalStateException: no connection}. */
public final class FailureText {

    private static final Set<String> OURS = Set.of(SubsystemException.class.getName(),
            SubsystemNotFoundException.class.getName(),
            DaemonStateException.class.getName(), InvalidConfigurationException.class.getName());

    private FailureText() {
    }

    /** The simple name of its class and its message; only the message if the daemon itself detected the failure. */
    public static String of(Failure failure) {
        return of(failure.type(), failure.message());
    }

    static String of(String type, String message) {
        if (OURS.contains(type)) {
            return PlainText.escape(message);
        }
        String simple = type.substring(type.lastIndexOf('.') + 1);
        int nested = simple.lastIndexOf('$');
        boolean named = nested >= 0 && nested + 1 < simple.length() && !Character.isDigit(simple.charAt(nested + 1));
        String name = named ? simple.substring(nested + 1) : simple;
        return message.isEmpty() ? name : name + ": " + PlainText.escape(message);
    }
}
