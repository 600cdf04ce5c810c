package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.time.Duration;
import java.util.Objects;

/**
 * How the health check of a subsystem is called.
 *
 * @param interval the time from the end of one check to the start of the next
 * @param timeout after which a check counts as unhealthy
 * @param failures how many unhealthy results in a row make the subsystem unhealthy
 * @param failsSubsystem whether being unhealthy is a failure of the run, so that it is restarted
 */
public record HealthSettings(Duration interval, Duration timeout, int failures, boolean failsSubsystem) {

    /** The defaults. */
    public static final HealthSettings DEFAULT = new HealthSettings(Duration.ofSeconds(5), Duration.ofSeconds(2), 3, false);

    /** Checks that nothing is null. */
    public HealthSettings {
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(timeout, "timeout");
    }

    /** A copy with another consequence. */
    public HealthSettings withFailsSubsystem(boolean value) {
        return new HealthSettings(interval, timeout, failures, value);
    }
}
