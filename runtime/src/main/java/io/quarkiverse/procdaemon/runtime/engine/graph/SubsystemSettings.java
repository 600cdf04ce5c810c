package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.time.Duration;
import java.util.Objects;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ThreadKind;

/**
 * The rules one subsystem runs under, after configuration has had its say.
 *
 * @param restart when it is started again
 * @param critical whether its final failure ends the daemon
 * @param startTimeout how long its start may take
 * @param stopTimeout how long it may take to stop before it is interrupted
 * @param thread the kind of thread its code is called on
 * @param health how its {@link Probe} is called
 */
public record SubsystemSettings(RestartPolicy restart, boolean critical, Duration startTimeout, Duration stopTimeout,
        ThreadKind thread, HealthSettings health) {

    /** What holds where nothing is configured. */
    public static final SubsystemSettings DEFAULT = new SubsystemSettings(RestartPolicy.ON_FAILURE, true,
            Duration.ofSeconds(30), Duration.ofSeconds(5), ThreadKind.AUTO, HealthSettings.DEFAULT);

    /**
     * How a subsystem's health is probed.
     *
     * @param interval from the end of one probe to the start of the next
     * @param timeout after which a probe counts as unhealthy
     * @param failures how many unhealthy answers in a row make the subsystem unhealthy
     */
    public record HealthSettings(Duration interval, Duration timeout, int failures) {

        /** What holds where nothing is configured. */
        public static final HealthSettings DEFAULT = new HealthSettings(Duration.ofSeconds(5), Duration.ofSeconds(2), 3);

        /** Checks that nothing is null. */
        public HealthSettings {
            Objects.requireNonNull(interval, "interval");
            Objects.requireNonNull(timeout, "timeout");
        }
    }

    /** Checks that nothing is null. */
    public SubsystemSettings {
        Objects.requireNonNull(restart, "restart");
        Objects.requireNonNull(startTimeout, "startTimeout");
        Objects.requireNonNull(stopTimeout, "stopTimeout");
        Objects.requireNonNull(thread, "thread");
        Objects.requireNonNull(health, "health");
    }

    /** The same with another criticality. */
    public SubsystemSettings withCritical(boolean value) {
        return new SubsystemSettings(restart, value, startTimeout, stopTimeout, thread, health);
    }

    /** The same with another start time-out. */
    public SubsystemSettings withStartTimeout(Duration value) {
        return new SubsystemSettings(restart, critical, value, stopTimeout, thread, health);
    }

    /** The same with another stop time-out. */
    public SubsystemSettings withStopTimeout(Duration value) {
        return new SubsystemSettings(restart, critical, startTimeout, value, thread, health);
    }

    /** The same with another kind of thread. */
    public SubsystemSettings withThread(ThreadKind value) {
        return new SubsystemSettings(restart, critical, startTimeout, stopTimeout, value, health);
    }
}
