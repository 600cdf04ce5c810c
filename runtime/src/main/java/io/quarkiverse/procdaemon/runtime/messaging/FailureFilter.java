package io.quarkiverse.procdaemon.runtime.messaging;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;

/**
 * Suppresses the log lines of SmallRye about failures that fail a subsystem: the daemon logs them with the stack trace and the
 * consequence. Thread-safe.
 */
final class FailureFilter implements Filter {

    /** Begins "The method %s has thrown an exception". */
    private static final String METHOD_FAILED = "SRMSG00200";

    // Without a reference, the logger may be garbage-collected with its filter.
    private final Logger logger = Logger.getLogger("io.smallrye.reactive.messaging.provider");
    private final Set<String> methods = ConcurrentHashMap.newKeySet();
    private @Nullable Filter before;

    void install() {
        before = logger.getFilter();
        logger.setFilter(this);
    }

    void remove() {
        if (logger.getFilter() == this) {
            logger.setFilter(before);
        }
    }

    /** From now on failures of that method are not logged; it is named as SmallRye does: {@code org.acme.Ledger#order}. */
    void silence(String method) {
        methods.add(method);
    }

    @Override
    public boolean isLoggable(LogRecord logged) {
        Object[] parameters = logged.getParameters();
        if (parameters != null && parameters.length > 0 && methods.contains(parameters[0])
                && logged.getMessage().startsWith(METHOD_FAILED)) {
            return false;
        }
        return before == null || before.isLoggable(logged);
    }
}
