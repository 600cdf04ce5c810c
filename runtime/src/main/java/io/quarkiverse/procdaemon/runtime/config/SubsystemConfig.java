package io.quarkiverse.procdaemon.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;

/** The settings of one subsystem, or of all. */
@ConfigGroup
public interface SubsystemConfig {

    /**
     * Whether the subsystem is started. Dependents of a disabled subsystem must be disabled too.
     */
    @ConfigDocDefault("true")
    Optional<Boolean> enabled();

    /**
     * Whether the daemon cannot do without it: a critical subsystem that cannot start ends the process.
     */
    @ConfigDocDefault("what its @Subsystem annotation says")
    Optional<Boolean> critical();

    /**
     * The maximum duration of its {@code @OnStart}. After it the method is interrupted and the start has failed.
     */
    @ConfigDocDefault("30s")
    Optional<Duration> startTimeout();

    /**
     * The time within which the subsystem should stop, its {@code @OnStop} included; then it is interrupted. In a shutdown,
     * subsystems that stop one after the other share the graceful timeout; if their stop timeouts do not fit into it, a
     * warning is logged.
     */
    @ConfigDocDefault("quarkus.proc-daemon.shutdown.graceful-timeout")
    Optional<Duration> stopTimeout();

    /**
     * The kind of thread on which its methods are called. {@code auto}: virtual where the JVM has virtual threads, otherwise
     * platform. {@code @Healthy} is always called on one of a few platform threads that all subsystems share.
     */
    @ConfigDocDefault("auto")
    Optional<ThreadKind> thread();

    /**
     * What happens to its dependents while it is restarted, automatically or through the API. {@code restart}: they stop
     * before it and start again after it. {@code ignore}: they keep running.
     */
    @ConfigDocDefault("restart")
    Optional<Dependents> dependents();

    /**
     * The maximum age of its last {@code SubsystemContext.heartbeat()} while it is RUNNING. After it the subsystem counts as
     * hung, which is a failure.
     */
    @ConfigDocDefault("none: no heartbeats are required")
    Optional<Duration> heartbeatTimeout();

    /** How its {@code @Healthy} method is called. */
    HealthConfig health();

    /** When it is restarted. */
    RestartConfig restart();

    /** How the {@code @Healthy} method of a subsystem is called. */
    interface HealthConfig {

        /**
         * The time from the end of one health check to the start of the next, randomly reduced by up to a tenth; the first
         * check
         * of a run comes after half of it at the earliest.
         */
        @ConfigDocDefault("5s")
        Optional<Duration> interval();

        /**
         * The maximum duration of a health check. After it the check is interrupted and counts as unhealthy, and again after
         * each interval until it has returned.
         */
        @ConfigDocDefault("2s")
        Optional<Duration> timeout();

        /**
         * How many unhealthy results in a row make the subsystem unhealthy.
         */
        @ConfigDocDefault("3")
        OptionalInt failures();

        /**
         * What happens when the subsystem is unhealthy. {@code report}: events and readiness show it. {@code restart}: it also
         * counts as a failure, to which the restart policy applies.
         */
        @ConfigDocDefault("report")
        Optional<OnUnhealthy> action();

        /**
         * The group of SmallRye Health that its readiness check is also in: {@code /q/health/group/NAME}. Letters, digits,
         * {@code -}, {@code _} and {@code .}; the check stays in {@code /q/health/ready}.
         */
        @ConfigDocDefault("none")
        Optional<String> group();

        /** What happens when a subsystem is unhealthy. */
        enum OnUnhealthy {
            /** Events and readiness show it. */
            REPORT,
            /** It counts as a failure. */
            RESTART
        }
    }

    /** What happens to the dependents of a subsystem that is restarted. */
    enum Dependents {
        /** They are restarted with it. */
        RESTART,
        /** They keep running. */
        IGNORE
    }

    /** When a subsystem is restarted. */
    interface RestartConfig {

        /**
         * Whether the subsystem is restarted after a failure or a normal return.
         */
        @ConfigDocDefault("what its @Subsystem annotation says")
        Optional<RestartPolicy> policy();

        /**
         * The delay before the first restart; zero means none.
         */
        @ConfigDocDefault("100ms")
        Optional<Duration> initialDelay();

        /**
         * The maximum delay.
         */
        @ConfigDocDefault("30s")
        Optional<Duration> maxDelay();

        /**
         * The factor by which each delay grows; at least 1.
         */
        @ConfigDocDefault("2")
        OptionalDouble multiplier();

        /**
         * The fraction by which each delay may be randomly reduced, from 0 to 1, so that subsystems that failed together do not
         * restart all at once.
         */
        @ConfigDocDefault("0.2")
        OptionalDouble jitter();

        /**
         * The maximum number of restarts within the window, and in a row without a stable run in between; at the next failure
         * the subsystem has failed permanently. 0: no restarts; -1: no limit.
         */
        @ConfigDocDefault("10")
        OptionalInt maxRestarts();

        /**
         * The sliding window in which restarts are counted.
         */
        @ConfigDocDefault("5m")
        Optional<Duration> window();

        /**
         * How long the subsystem must be RUNNING to reset the back-off. The window is not affected.
         */
        @ConfigDocDefault("30s")
        Optional<Duration> stableAfter();

        /**
         * What happens when the subsystem has failed permanently. {@code shutdown}: the daemon shuts down with exit code 1.
         * {@code fail}: it is FAILED, its dependents wait, the others keep running. Until the daemon has started, a critical
         * subsystem ends it in any case.
         */
        @ConfigDocDefault("shutdown if it is critical, else fail")
        Optional<OnExhausted> onExhausted();

        /**
         * The classes of exceptions that say that something outside of the daemon is unavailable, such as a database: restarts
         * after such a failure follow the back-off but are not counted. A name covers its subclasses; a failure counts if one
         * of
         * its causes has such a class. {@code UnavailableException}, an {@code SQLException} with an SQLState of class 08 or
         * from
         * 57P01 to 57P03, and the acquisition timeout of Agroal always count, SQLState class 28 (wrong password) never does.
         * {@code none}: only these.
         */
        @ConfigDocDefault("the connection, host, socket and timeout exceptions of java.net and java.sql")
        Optional<List<String>> outages();

        /**
         * Whether restarts because of outages are counted before the subsystem has been RUNNING for {@code stable-after} once.
         * {@code charge}: they are, so that a wrong address ends the start. {@code wait}: they are not, so that the start
         * waits.
         */
        @ConfigDocDefault("charge")
        Optional<OutagesAtStart> outagesAtStart();

        /** Whether restarts because of outages are counted before the first stable run. */
        enum OutagesAtStart {
            /** They are charged to the budget like any other restart. */
            CHARGE,
            /** They are not charged: the subsystem waits for as long as it takes. */
            WAIT
        }

        /** What happens when a subsystem has failed permanently. */
        enum OnExhausted {
            /** The daemon shuts down. */
            SHUTDOWN,
            /** The daemon continues without it. */
            FAIL
        }
    }
}
