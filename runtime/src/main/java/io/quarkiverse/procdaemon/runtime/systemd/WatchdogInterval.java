package io.quarkiverse.procdaemon.runtime.systemd;

import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How often systemd wants to hear that this process is alive. */
final class WatchdogInterval {

    static final long NONE = 0;

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private WatchdogInterval() {
    }

    /**
     * The time within which a message must come, in nanoseconds; {@link #NONE} if none need come.
     *
     * @param usec {@code WATCHDOG_USEC}
     * @param watched {@code WATCHDOG_PID}: the process that is meant, this one if unset
     * @param pid of this process
     */
    static long nanos(@Nullable String usec, @Nullable String watched, long pid) {
        if (usec == null || watched != null && !watched.equals(Long.toString(pid))) {
            return NONE;
        }
        try {
            long micros = Long.parseLong(usec);
            if (micros > 0) {
                return TimeUnit.MICROSECONDS.toNanos(micros);
            }
        } catch (NumberFormatException malformed) {
            // As below.
        }
        LOG.warnf("WATCHDOG_USEC (%s) is not a number of microseconds, so no messages are sent to the watchdog of systemd",
                usec);
        return NONE;
    }
}
