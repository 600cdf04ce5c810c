package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ThreadKind;

/**
 * The rules one subsystem runs under, after configuration has had its say.
 *
 * @param critical whether the daemon is useless without it
 * @param startTimeout how long its start may take
 * @param stopTimeout how long it may take to stop before it is interrupted
 * @param heartbeatTimeout how old its last heartbeat may be while it is RUNNING; null if it need not give any
 * @param stopsDependents whether what depends on it is stopped while it is restarted
 * @param thread the kind of thread its code is called on
 * @param restart when it is started again
 * @param health how its {@link Probe} is called
 */
public record SubsystemSettings(boolean critical, Duration startTimeout, Duration stopTimeout, Duration heartbeatTimeout,
        boolean stopsDependents, ThreadKind thread, RestartSettings restart, HealthSettings health) {

    /** What holds where nothing is configured. */
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

    /** What holds for a subsystem declared so where nothing is configured. */
    public static SubsystemSettings declared(RestartPolicy policy, boolean critical) {
        return DEFAULT.withCritical(critical)
                .withRestart(restart -> restart.withPolicy(policy).withShutdownWhenExhausted(critical));
    }

    /** The same with another criticality; what happens when its restarts are exhausted stays. */
    public SubsystemSettings withCritical(boolean value) {
        return new SubsystemSettings(value, startTimeout, stopTimeout, heartbeatTimeout, stopsDependents, thread, restart,
                health);
    }

    /** The same with another start timeout. */
    public SubsystemSettings withStartTimeout(Duration value) {
        return new SubsystemSettings(critical, value, stopTimeout, heartbeatTimeout, stopsDependents, thread, restart, health);
    }

    /** The same with another stop timeout. */
    public SubsystemSettings withStopTimeout(Duration value) {
        return new SubsystemSettings(critical, startTimeout, value, heartbeatTimeout, stopsDependents, thread, restart, health);
    }

    /** The same with another heartbeat timeout, or none. */
    public SubsystemSettings withHeartbeatTimeout(Duration value) {
        return new SubsystemSettings(critical, startTimeout, stopTimeout, value, stopsDependents, thread, restart, health);
    }

    /** The same with another rule for what depends on it. */
    public SubsystemSettings withStopsDependents(boolean value) {
        return new SubsystemSettings(critical, startTimeout, stopTimeout, heartbeatTimeout, value, thread, restart, health);
    }

    /** The same with another kind of thread. */
    public SubsystemSettings withThread(ThreadKind value) {
        return new SubsystemSettings(critical, startTimeout, stopTimeout, heartbeatTimeout, stopsDependents, value, restart,
                health);
    }

    /** The same with other rules for restarts. */
    public SubsystemSettings withRestart(UnaryOperator<RestartSettings> change) {
        return new SubsystemSettings(critical, startTimeout, stopTimeout, heartbeatTimeout, stopsDependents, thread,
                change.apply(restart), health);
    }

    /** The same with other rules for its probe. */
    public SubsystemSettings withHealth(UnaryOperator<HealthSettings> change) {
        return new SubsystemSettings(critical, startTimeout, stopTimeout, heartbeatTimeout, stopsDependents, thread, restart,
                change.apply(health));
    }
}
