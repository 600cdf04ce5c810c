package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.util.List;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.runtime.engine.shutdown.Traffic;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkiverse.procdaemon.runtime.engine.time.DurationText;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;
import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;

/**
 * How the end of the subsystems and that of the HTTP server go together: requests under way come first, whichever of the two is
 * next.
 *
 * @param stopsSubsystemsFirst whether subsystems stop before the HTTP server closes
 * @param patience how long requests under way are waited for; zero if Quarkus does that itself
 * @param traffic what is under way
 */
record HttpOrder(boolean stopsSubsystemsFirst, Duration patience, List<Traffic> traffic) {

    private static final Logger LOG = Logger.getLogger(HttpOrder.class);

    /**
     * @param timeout {@code quarkus.shutdown.timeout}, zero if it is not set
     * @param graceful the graceful time-out, of which requests get the half if nothing is set for them
     */
    static HttpOrder of(boolean stopsSubsystemsFirst, Duration timeout, Duration graceful, List<Traffic> traffic) {
        Duration patience = timeout.isZero() ? Duration.ofNanos(Nanos.of(graceful) / 2)
                : stopsSubsystemsFirst ? timeout : Duration.ZERO;
        return new HttpOrder(stopsSubsystemsFirst, patience, traffic);
    }

    /** Waits for the requests under way. */
    void awaitTraffic() {
        Deadline deadline = Deadline.after(Ticker.SYSTEM, patience);
        for (Traffic some : patience.isZero() ? List.<Traffic> of() : traffic) {
            try {
                if (!some.awaitQuiet(deadline.remaining())) {
                    LOG.warnf("%s did not end within %s; the shutdown goes on without them", some, DurationText.of(patience));
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
