package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.time.Duration;
import java.util.Objects;

import io.quarkiverse.procdaemon.RestartPolicy;

/**
 * When and how often a subsystem is started again by itself.
 *
 * @param policy what ends of a run are followed by another
 * @param initialDelay the first delay
 * @param maxDelay the longest one
 * @param multiplier how much longer each is than the one before, 1 or more
 * @param jitter the part of a delay, 0 to 1, that chance may take away
 * @param maxRestarts how many restarts the window may hold, or {@link #UNLIMITED}
 * @param window how far back restarts count
 * @param stableAfter RUNNING for so long makes the next delay the first again
 * @param shutdownWhenExhausted whether the daemon ends when the subsystem has failed for good
 */
public record RestartSettings(RestartPolicy policy, Duration initialDelay, Duration maxDelay, double multiplier, double jitter,
        int maxRestarts, Duration window, Duration stableAfter, boolean shutdownWhenExhausted) {

    /** No limit to restarts. */
    public static final int UNLIMITED = -1;

    /** What holds for a critical subsystem where nothing is configured. */
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

    /** The same with another policy. */
    public RestartSettings withPolicy(RestartPolicy value) {
        return new RestartSettings(value, initialDelay, maxDelay, multiplier, jitter, maxRestarts, window, stableAfter,
                shutdownWhenExhausted);
    }

    /** The same with other delays. */
    public RestartSettings withDelays(Duration initial, Duration max, double factor, double chance) {
        return new RestartSettings(policy, initial, max, factor, chance, maxRestarts, window, stableAfter,
                shutdownWhenExhausted);
    }

    /** The same with another budget. */
    public RestartSettings withBudget(int restarts, Duration within) {
        return new RestartSettings(policy, initialDelay, maxDelay, multiplier, jitter, restarts, within, stableAfter,
                shutdownWhenExhausted);
    }

    /** The same with another time after which a run counts as stable. */
    public RestartSettings withStableAfter(Duration value) {
        return new RestartSettings(policy, initialDelay, maxDelay, multiplier, jitter, maxRestarts, window, value,
                shutdownWhenExhausted);
    }

    /** The same with another consequence. */
    public RestartSettings withShutdownWhenExhausted(boolean value) {
        return new RestartSettings(policy, initialDelay, maxDelay, multiplier, jitter, maxRestarts, window, stableAfter, value);
    }
}
