package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;

import io.quarkiverse.procdaemon.runtime.engine.graph.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;

/**
 * How long to wait before each further run: exponential with a cap, as a restarted process is spared by Kubernetes or systemd,
 * and randomly reduced (Marc Brooker, "Exponential Backoff And Jitter", 2015), so that a delay never exceeds the cap.
 */
final class BackOff {

    private BackOff() {
    }

    /** @param attempt 1 for the first restart after a stable run */
    static Duration delay(int attempt, RestartSettings settings, Jitter jitter) {
        long first = Nanos.of(settings.initialDelay());
        // Zero times what the power may overflow to would be no number.
        double exponential = first == 0 ? 0 : first * Math.pow(settings.multiplier(), attempt - 1);
        double capped = Math.min(exponential, Nanos.of(settings.maxDelay()));
        return Duration.ofNanos(Math.round(capped * (1 - settings.jitter() * jitter.next())));
    }
}
