package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.util.List;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * Orders the stop of the subsystems and of the HTTP server: first requests in flight end, then whichever of the two is
 * configured.
 *
 * @param stopsSubsystemsFirst whether subsystems stop before the HTTP server closes
 * @param timeout how long to wait for work in flight
 * @param serverWaits whether the server itself waits for requests
 * @param traffic what to wait for
 */
record HttpOrder(boolean stopsSubsystemsFirst, Duration timeout, boolean serverWaits, List<InFlightWork> traffic) {

    private static final Logger LOG = Logger.getLogger(HttpOrder.class);

    /**
     * @param httpTimeout {@code quarkus.shutdown.timeout}, zero if it is not set
     * @param graceful the graceful timeout, half of which is the default
     */
    static HttpOrder of(boolean stopsSubsystemsFirst, Duration httpTimeout, Duration graceful, List<InFlightWork> traffic) {
        Duration timeout = httpTimeout.isZero() ? Duration.ofNanos(Durations.nanos(graceful) / 2) : httpTimeout;
        return new HttpOrder(stopsSubsystemsFirst, timeout, !httpTimeout.isZero() && !stopsSubsystemsFirst, traffic);
    }

    /** Closes upgraded connections, then waits for everything in flight. */
    void awaitTraffic() {
        Deadline deadline = Deadline.after(Clock.SYSTEM, timeout);
        for (InFlightWork some : traffic) {
            try {
                some.end();
            } catch (RuntimeException refused) {
                LOG.warnf(refused, "%s cannot be ended; the shutdown waits for them anyway", some);
            }
        }
        for (InFlightWork some : traffic) {
            try {
                if (!(serverWaits && some.isAwaitedByServer()) && !some.awaitQuiet(deadline.remaining())) {
                    LOG.warnf("%s did not end within %s; the shutdown continues without them", some, Durations.text(timeout));
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
