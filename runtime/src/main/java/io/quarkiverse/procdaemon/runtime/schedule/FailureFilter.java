package io.quarkiverse.procdaemon.runtime.schedule;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.quarkus.scheduler.Trigger;
import io.quarkus.scheduler.common.runtime.StatusEmitterInvoker;

/**
 * Keeps out of the log what the scheduler says of the failures of subsystems: their own line says it with the stack and with
 * what comes of it. Any thread may call this.
 */
class FailureFilter implements Filter {

    // A logger that nobody holds may be collected, with its filter.
    private final Logger logger = Logger.getLogger(StatusEmitterInvoker.class.getName());
    private final Set<String> triggers = ConcurrentHashMap.newKeySet();
    private Filter before;

    void install() {
        before = logger.getFilter();
        logger.setFilter(this);
    }

    void remove() {
        if (logger.getFilter() == this) {
            logger.setFilter(before);
        }
    }

    /** From now on nothing is logged of failures of that trigger. */
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
