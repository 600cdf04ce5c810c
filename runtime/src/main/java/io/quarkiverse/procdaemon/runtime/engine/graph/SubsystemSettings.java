package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ThreadKind;

/**
 * The effective settings of one subsystem.
 *
 * @param critical whether the daemon cannot do without it
 * @param startTimeout the maximum duration of its start
 * @param stopTimeout the time within which it should stop before it is interrupted
 * @param heartbeatTimeout the maximum age of its last heartbeat while it is RUNNING; null if none is required
 * @param stopsDependents whether its dependents are stopped while it is restarted
 * @param thread the kind of thread on which its code is called
 * @param restart when it is restarted
 * @param health how its {@link Probe} is called
 */
public record SubsystemSettings(boolean critical, Duration startTimeout, Duration stopTimeout,
        @Nullable Duration heartbeatTimeout,
        boolean stopsDependents, ThreadKind thread, RestartSettings restart, HealthSettings health) {

    /** The defaults. */
    public static final SubsystemSettings DEFAULT = new SubsystemSettings(true, Duration.ofSeconds(30), Duration.ofSeconds(5),
            null, true, ThreadKind.AUTO, RestartSettings.DEFAULT, HealthSettings.DEFAULT);

    /** Checks that nothing is null. */
    public SubsystemSettings {
        Objects.requireNonNull(startTimeout, "startTimeout");
        Objects.requireNonNull(stopTimeout, "stopTimeout");
        Objects.requireNonNull(thread, "thread");
        Objects.requireNonNull(restart, "restart");
        Objects.requireNonNull(health, "health");
    }

    /** The defaults of a subsystem that is declared so. */
    public static SubsystemSettings declared(RestartPolicy policy, boolean critical) {
        return DEFAULT.withCritical(critical)
                .withRestart(restart -> restart.withPolicy(policy).withShutdownWhenExhausted(critical));
    }

    /** A copy with another criticality; its restart settings stay the same. */
    public SubsystemSettings withCritical(boolean value) {
        return new SubsystemSettings(value, startTimeout, stopTimeout, heartbeatTimeout, stopsDependents, thread, restart,
                health);
    }

    /** A copy with another start timeout. */
    public SubsystemSettings withStartTimeout(Duration value) {
        return new SubsystemSettings(critical, value, stopTimeout, heartbeatTimeout, stopsDependents, thread, restart, health);
    }

    /** A copy with another stop timeout. */
    public SubsystemSettings withStopTimeout(Duration value) {
        return new SubsystemSettings(critical, startTimeout, value, heartbeatTimeout, stopsDependents, thread, restart, health);
    }

    /** A copy with another heartbeat timeout, or none. */
    public SubsystemSettings withHeartbeatTimeout(@Nullable Duration value) {
        return new SubsystemSettings(critical, startTimeout, stopTimeout, value, stopsDependents, thread, restart, health);
    }

    /** A copy with another rule for its dependents. */
    public SubsystemSettings withStopsDependents(boolean value) {
        return new SubsystemSettings(critical, startTimeout, stopTimeout, heartbeatTimeout, value, thread, restart, health);
    }

    /** A copy with another kind of thread. */
    public SubsystemSettings withThread(ThreadKind value) {
        return new SubsystemSettings(critical, startTimeout, stopTimeout, heartbeatTimeout, stopsDependents, value, restart,
                health);
    }

    /** A copy with other restart settings. */
    public SubsystemSettings withRestart(UnaryOperator<RestartSettings> change) {
        return new SubsystemSettings(critical, startTimeout, stopTimeout, heartbeatTimeout, stopsDependents, thread,
                change.apply(restart), health);
    }

    /** A copy with other health settings. */
    public SubsystemSettings withHealth(UnaryOperator<HealthSettings> change) {
        return new SubsystemSettings(critical, startTimeout, stopTimeout, heartbeatTimeout, stopsDependents, thread, restart,
                change.apply(health));
    }

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
     * @param outages which failures are outages
     */
    public record RestartSettings(RestartPolicy policy, Duration initialDelay, Duration maxDelay, double multiplier,
            double jitter,
            int maxRestarts, Duration window, Duration stableAfter, boolean shutdownWhenExhausted, OutageSettings outages) {

        /** No limit of restarts. */
        public static final int UNLIMITED = -1;

        /** The defaults of a critical subsystem. */
        public static final RestartSettings DEFAULT = new RestartSettings(RestartPolicy.ON_FAILURE, Duration.ofMillis(100),
                Duration.ofSeconds(30), 2, 0.2, 10, Duration.ofMinutes(5), Duration.ofSeconds(30), true,
                OutageSettings.DEFAULT);

        /** Checks that nothing is null. */
        public RestartSettings {
            Objects.requireNonNull(policy, "policy");
            Objects.requireNonNull(initialDelay, "initialDelay");
            Objects.requireNonNull(maxDelay, "maxDelay");
            Objects.requireNonNull(window, "window");
            Objects.requireNonNull(stableAfter, "stableAfter");
            Objects.requireNonNull(outages, "outages");
        }

        /** The same with the default outages. */
        public RestartSettings(RestartPolicy policy, Duration initialDelay, Duration maxDelay, double multiplier, double jitter,
                int maxRestarts, Duration window, Duration stableAfter, boolean shutdownWhenExhausted) {
            this(policy, initialDelay, maxDelay, multiplier, jitter, maxRestarts, window, stableAfter, shutdownWhenExhausted,
                    OutageSettings.DEFAULT);
        }

        /** A copy with another policy. */
        public RestartSettings withPolicy(RestartPolicy value) {
            return new RestartSettings(value, initialDelay, maxDelay, multiplier, jitter, maxRestarts, window, stableAfter,
                    shutdownWhenExhausted, outages);
        }

        /** A copy with other delays. */
        public RestartSettings withDelays(Duration initial, Duration max, double factor, double chance) {
            return new RestartSettings(policy, initial, max, factor, chance, maxRestarts, window, stableAfter,
                    shutdownWhenExhausted, outages);
        }

        /** A copy with another budget. */
        public RestartSettings withBudget(int restarts, Duration within) {
            return new RestartSettings(policy, initialDelay, maxDelay, multiplier, jitter, restarts, within, stableAfter,
                    shutdownWhenExhausted, outages);
        }

        /** A copy with another time after which a run counts as stable. */
        public RestartSettings withStableAfter(Duration value) {
            return new RestartSettings(policy, initialDelay, maxDelay, multiplier, jitter, maxRestarts, window, value,
                    shutdownWhenExhausted, outages);
        }

        /** A copy with another consequence. */
        public RestartSettings withShutdownWhenExhausted(boolean value) {
            return new RestartSettings(policy, initialDelay, maxDelay, multiplier, jitter, maxRestarts, window, stableAfter,
                    value, outages);
        }

        /** A copy with another rule for outages. */
        public RestartSettings withOutages(OutageSettings value) {
            return new RestartSettings(policy, initialDelay, maxDelay, multiplier, jitter, maxRestarts, window, stableAfter,
                    shutdownWhenExhausted, value);
        }
    }

    /**
     * Which failures are outages of something outside of the daemon.
     *
     * @param types the names of exceptions that say so, as their subclasses do; a name without a package is that of any
     * @param waitsAtStart whether restarts for that reason are not counted even before the first stable run
     */
    public record OutageSettings(Set<String> types, boolean waitsAtStart) {

        /** The exceptions of the JDK that say so. */
        public static final OutageSettings DEFAULT = new OutageSettings(Set.of("java.net.ConnectException",
                "java.net.UnknownHostException", "java.net.NoRouteToHostException", "java.net.SocketException",
                "java.net.SocketTimeoutException", "java.net.http.HttpTimeoutException",
                "java.sql.SQLTransientConnectionException", "java.sql.SQLNonTransientConnectionException",
                "java.sql.SQLRecoverableException"), false);

        /** Takes a copy. */
        public OutageSettings {
            types = Set.copyOf(types);
        }
    }

    /**
     * How the health check of a subsystem is called.
     *
     * @param interval the time from the end of one check to the start of the next, at most
     * @param timeout after which a check counts as unhealthy
     * @param failures how many unhealthy results in a row make the subsystem unhealthy
     * @param failsSubsystem whether being unhealthy is a failure of the run, so that it is restarted
     * @param group which group of health checks it is in, or null
     */
    public record HealthSettings(Duration interval, Duration timeout, int failures, boolean failsSubsystem,
            @Nullable String group) {

        /** The defaults. */
        public static final HealthSettings DEFAULT = new HealthSettings(Duration.ofSeconds(5), Duration.ofSeconds(2), 3, false);

        /** Checks that nothing is null. */
        public HealthSettings {
            Objects.requireNonNull(interval, "interval");
            Objects.requireNonNull(timeout, "timeout");
        }

        /** Without a group. */
        public HealthSettings(Duration interval, Duration timeout, int failures, boolean failsSubsystem) {
            this(interval, timeout, failures, failsSubsystem, null);
        }

        /** A copy with another consequence. */
        public HealthSettings withFailsSubsystem(boolean value) {
            return new HealthSettings(interval, timeout, failures, value, group);
        }
    }
}
