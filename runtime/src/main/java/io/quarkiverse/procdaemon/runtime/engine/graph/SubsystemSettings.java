package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.time.Duration;
import java.util.Objects;
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
}
