package io.quarkiverse.procdaemon.runtime.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;

/** The rules that one subsystem runs under, or all of them. */
@ConfigGroup
public interface SubsystemConfig {

    /**
     * Whether it is started at all. What depends on a disabled subsystem must be disabled too.
     */
    @ConfigDocDefault("true")
    Optional<Boolean> enabled();

    /**
     * Whether the daemon is useless without it: a critical subsystem that cannot start ends the process.
     */
    @ConfigDocDefault("what its @Subsystem annotation says")
    Optional<Boolean> critical();

    /**
     * How long its {@code @OnStart} may take; then it is interrupted and the start has failed.
     */
    @ConfigDocDefault("30s")
    Optional<Duration> startTimeout();

    /**
     * How long it may take to stop, its {@code @OnStop} included; then it is interrupted. In a shutdown, those that stop one
     * after the other share the graceful time-out; where what is set for them does not fit into it, the log warns.
     */
    @ConfigDocDefault("quarkus.proc-daemon.shutdown.graceful-timeout")
    Optional<Duration> stopTimeout();

    /**
     * The kind of thread its methods are called on. {@code auto}: virtual where the JVM has virtual threads, else platform.
     * {@code @Healthy} is always called on one of a few platform threads that all subsystems share.
     */
    @ConfigDocDefault("auto")
    Optional<ThreadKind> thread();

    /**
     * What becomes of those that depend on it while it is restarted, by itself or by hand. {@code restart}: they stop before
     * it and start again after. {@code ignore}: they run on.
     */
    @ConfigDocDefault("restart")
    Optional<Dependents> dependents();

    /**
     * How old its last {@code SubsystemContext.heartbeat()} may be while it is RUNNING; then it counts as hung, which is a
     * failure. Without this it need not give any.
     */
    Optional<Duration> heartbeatTimeout();

    /** How its {@code @Healthy} method is probed. */
    HealthConfig health();

    /** When it is started again. */
    RestartConfig restart();

    /** How the {@code @Healthy} method of a subsystem is probed. */
    interface HealthConfig {

        /**
         * The time from the end of one probe to the start of the next.
         */
        @ConfigDocDefault("5s")
        Optional<Duration> interval();

        /**
         * How long a probe may take; then it is interrupted and counts as unhealthy, and once more after each interval until
         * it has returned.
         */
        @ConfigDocDefault("2s")
        Optional<Duration> timeout();

        /**
         * How many unhealthy answers in a row make the subsystem unhealthy.
         */
        @ConfigDocDefault("3")
        OptionalInt failures();

        /**
         * What follows when it is unhealthy. {@code report}: it shows in events and readiness. {@code restart}: it is also a
         * failure, to which the restart policy applies.
         */
        @ConfigDocDefault("report")
        Optional<Action> action();

        /** What follows when a subsystem is unhealthy. */
        enum Action {
            /** Only say so. */
            REPORT,
            /** Treat it as a failure. */
            RESTART
        }
    }

    /** What becomes of those that depend on a subsystem that is restarted. */
    enum Dependents {
        /** They are restarted with it. */
        RESTART,
        /** They run on. */
        IGNORE
    }

    /** When a subsystem is started again. */
    interface RestartConfig {

        /**
         * When a run that has ended is followed by another.
         */
        @ConfigDocDefault("what its @Subsystem annotation says")
        Optional<RestartPolicy> policy();

        /**
         * The delay before the first restart; zero means at once.
         */
        @ConfigDocDefault("100ms")
        Optional<Duration> initialDelay();

        /**
         * The longest delay.
         */
        @ConfigDocDefault("30s")
        Optional<Duration> maxDelay();

        /**
         * How much longer each delay is than the one before; 1 or more.
         */
        @ConfigDocDefault("2")
        OptionalDouble multiplier();

        /**
         * The part of each delay that chance may take away, so that what failed together does not come back all at once; 0 to
         * 1.
         */
        @ConfigDocDefault("0.2")
        OptionalDouble jitter();

        /**
         * How many restarts there may be within the window; what fails once more has failed for good. 0: none; -1: no limit.
         */
        @ConfigDocDefault("10")
        OptionalInt maxRestarts();

        /**
         * How far back restarts count.
         */
        @ConfigDocDefault("5m")
        Optional<Duration> window();

        /**
         * How long a run has to be RUNNING for the next delay to be the first again. The window is not affected.
         */
        @ConfigDocDefault("30s")
        Optional<Duration> stableAfter();

        /**
         * What follows when it has failed for good. {@code shutdown}: the daemon ends with exit code 1. {@code fail}: it is
         * FAILED, what depends on it waits, the others run on. Before the daemon has started, a critical one ends it anyway.
         */
        @ConfigDocDefault("shutdown if it is critical, else fail")
        Optional<OnExhausted> onExhausted();

        /** What follows when a subsystem has failed for good. */
        enum OnExhausted {
            /** End the daemon. */
            SHUTDOWN,
            /** Go on without it. */
            FAIL
        }
    }
}
