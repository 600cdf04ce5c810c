package io.quarkiverse.procdaemon.runtime.engine.supervision;

import java.time.Duration;

import io.quarkiverse.procdaemon.runtime.engine.graph.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;

/**
 * How long to wait before each further run: exponential with a cap, as a restarted process is spared by Kubernetes or systemd,
 * and shortened by chance (Marc Brooker, "Exponential Backoff And Jitter", 2015), so that a delay never exceeds the cap.
 */
final class BackOff {

    private final Jitter jitter;
    private int attempt;

    BackOff(Jitter jitter) {
        this.jitter = jitter;
    }

    /** The delay before the next run, one attempt on. */
    Duration next(RestartSettings settings) {
        attempt++;
        long first = Nanos.of(settings.initialDelay());
        // Zero times what the power may overflow to would be no number.
        double exponential = first == 0 ? 0 : first * Math.pow(settings.multiplier(), attempt - 1);
        double capped = Math.min(exponential, Nanos.of(settings.maxDelay()));
        return Duration.ofNanos(Math.round(capped * (1 - settings.jitter() * jitter.next())));
    }

    /** How many delays there have been since the last reset. */
    int attempt() {
        return attempt;
    }

    /** The next delay is the first again. */
    void reset() {
        attempt = 0;
    }
}
