package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.time.Duration;
import java.util.Objects;

import io.quarkiverse.procdaemon.RestartPolicy;

/**
 * When and how often a subsystem is restarted.
 *
 * @param policy which ends of a run lead to a restart
 * @param initialDelay the first delay
 * @param maxDelay the maximum delay
 * @param multiplier the factor by which each delay grows, at least 1
 * @param jitter the fraction, 0 to 1, by which a delay may be randomly reduced
 * @param maxRestarts the maximum number of restarts within the window, or {@link #UNLIMITED}
 * @param window the sliding window in which restarts are counted
 * @param stableAfter RUNNING for so long resets the back-off
 * @param shutdownWhenExhausted whether the daemon shuts down when the subsystem has failed permanently
 */
public record RestartSettings(RestartPolicy policy, Duration initialDelay, Duration maxDelay, double multiplier, double jitter,
        int maxRestarts, Duration window, Duration stableAfter, boolean shutdownWhenExhausted) {

    /** No limit of restarts. */
    public static final int UNLIMITED = -1;

    /** The defaults of a critical subsystem. */
    public static final RestartSettings DEFAULT = new RestartSettings(RestartPolicy.ON_FAILURE, Duration.ofMillis(100),
            Duration.ofSeconds(30), 2, 0.2, 10, Duration.ofMinutes(5), Duration.ofSeconds(30), true);

    /** Checks that nothing is null. */
    public RestartSettings {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(initialDelay, "initialDelay");
        Objects.requireNonNull(maxDelay, "maxDelay");
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(stableAfter, "stableAfter");
    }

    /** A copy with another policy. */
    public RestartSettings withPolicy(RestartPolicy value) {
        return new RestartSettings(value, initialDelay, maxDelay, multiplier, jitter, maxRestarts, window, stableAfter,
                shutdownWhenExhausted);
    }

    /** A copy with other delays. */
    public RestartSettings withDelays(Duration initial, Duration max, double factor, double chance) {
        return new RestartSettings(policy, initial, max, factor, chance, maxRestarts, window, stableAfter,
                shutdownWhenExhausted);
    }

    /** A copy with another budget. */
    public RestartSettings withBudget(int restarts, Duration within) {
        return new RestartSettings(policy, initialDelay, maxDelay, multiplier, jitter, restarts, within, stableAfter,
                shutdownWhenExhausted);
    }

    /** A copy with another time after which a run counts as stable. */
    public RestartSettings withStableAfter(Duration value) {
        return new RestartSettings(policy, initialDelay, maxDelay, multiplier, jitter, maxRestarts, window, value,
                shutdownWhenExhausted);
    }

    /** A copy with another consequence. */
    public RestartSettings withShutdownWhenExhausted(boolean value) {
        return new RestartSettings(policy, initialDelay, maxDelay, multiplier, jitter, maxRestarts, window, stableAfter, value);
    }
}
