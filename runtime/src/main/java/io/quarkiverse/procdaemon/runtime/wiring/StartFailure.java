package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.logging.Handler;
import java.util.logging.Level;

import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.handlers.ConsoleHandler;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The exception that ends a start, and the places that show why. */
final class StartFailure {

    private static final String CATEGORY = "io.quarkiverse.procdaemon";

    private StartFailure() {
    }

    /**
     * What to throw if the daemon does not start. In production it is the one exception of which Quarkus prints only the
     * message, without a stack trace that would bury it; in dev mode and tests it is the error itself.
     */
    static RuntimeException of(DaemonException error) {
        if (LaunchMode.current() != LaunchMode.NORMAL) {
            return error;
        }
        log(error.getMessage());
        return new ConfigurationException(error.getMessage());
    }

    /** The same if the daemon does not even try: the service manager gets the reason, too. */
    static RuntimeException refused(DaemonException error) {
        ServiceManager.refused(error);
        return of(error);
    }

    /**
     * Quarkus prints the message to the standard error and nowhere else. Here it goes where the log goes, except to the
     * console, which would show it twice. Nowhere if the log is not set up yet.
     */
    private static void log(String message) {
        for (Handler handler : InitialConfigurator.DELAYED_HANDLER.getHandlers()) {
            if (!isConsole(handler)) {
                ExtLogRecord record = new ExtLogRecord(Level.SEVERE, message, ExtLogRecord.FormatStyle.NO_FORMAT,
                        StartFailure.class.getName());
                record.setLevel(org.jboss.logmanager.Level.ERROR);
                record.setLoggerName(CATEGORY);
                handler.publish(record);
                handler.flush();
            }
        }
    }

    /** Also one behind a queue. */
    private static boolean isConsole(Handler handler) {
        if (handler instanceof ExtHandler outer && outer.getHandlers().length > 0) {
            for (Handler inner : outer.getHandlers()) {
                if (!isConsole(inner)) {
                    return false;
                }
            }
            return true;
        }
        return handler instanceof ConsoleHandler;
    }
}
