package io.quarkiverse.procdaemon.runtime.schedule;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;

import io.quarkus.scheduler.Trigger;
import io.quarkus.scheduler.common.runtime.StatusEmitterInvoker;

/**
 * Suppresses the log lines of the scheduler about failures of subsystems: the daemon logs them with the stack trace and the
 * consequence. Thread-safe.
 */
class FailureFilter implements Filter {

    // Without a reference, the logger may be garbage-collected with its filter.
    private final Logger logger = Logger.getLogger(StatusEmitterInvoker.class.getName());
    private final Set<String> triggers = ConcurrentHashMap.newKeySet();
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

    /** From now on failures of that trigger are not logged. */
    void silence(Trigger trigger) {
        triggers.add(trigger.getId());
    }

    @Override
    public boolean isLoggable(LogRecord logged) {
        Object[] parameters = logged.getParameters();
        if (parameters != null && parameters.length > 0 && parameters[0] instanceof Trigger trigger
                && triggers.contains(trigger.getId())) {
            return false;
        }
        return before == null || before.isLoggable(logged);
    }
}
