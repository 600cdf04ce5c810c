package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.util.List;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkiverse.procdaemon.runtime.engine.time.DurationText;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;

/**
 * How the end of the subsystems and that of the HTTP server go together: requests under way come first, whichever of the two is
 * next.
 *
 * @param stopsSubsystemsFirst whether subsystems stop before the HTTP server closes
 * @param patience how long the traffic under way is waited for
 * @param serverWaits whether the server itself waits for requests
 * @param traffic what is under way
 */
record HttpOrder(boolean stopsSubsystemsFirst, Duration patience, boolean serverWaits, List<InFlightWork> traffic) {

    private static final Logger LOG = Logger.getLogger(HttpOrder.class);

    /**
     * @param timeout {@code quarkus.shutdown.timeout}, zero if it is not set
     * @param graceful the graceful timeout, of which traffic gets the half if nothing is set for it
     */
    static HttpOrder of(boolean stopsSubsystemsFirst, Duration timeout, Duration graceful, List<InFlightWork> traffic) {
        Duration patience = timeout.isZero() ? Duration.ofNanos(Nanos.of(graceful) / 2) : timeout;
        return new HttpOrder(stopsSubsystemsFirst, patience, !timeout.isZero() && !stopsSubsystemsFirst, traffic);
    }

    /** Ends upgraded connections, then waits for what is under way. */
    void awaitTraffic() {
        Deadline deadline = Deadline.after(Clock.SYSTEM, patience);
        for (InFlightWork some : traffic) {
            try {
                some.end();
            } catch (RuntimeException refused) {
                LOG.warnf(refused, "%s cannot be ended; the shutdown waits for them all the same", some);
            }
        }
        for (InFlightWork some : traffic) {
            try {
                if (!(serverWaits && some.isAwaitedByServer()) && !some.awaitQuiet(deadline.remaining())) {
                    LOG.warnf("%s did not end within %s; the shutdown goes on without them", some, DurationText.of(patience));
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
