package io.quarkiverse.procdaemon.runtime.config;

import java.time.Duration;
import java.util.Optional;
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
     * How long it may take to stop, its {@code @OnStop} included; then it is interrupted.
     */
    @ConfigDocDefault("quarkus.proc-daemon.shutdown.graceful-timeout")
    Optional<Duration> stopTimeout();

    /**
     * The kind of thread its methods are called on. {@code auto}: virtual where the JVM has virtual threads, else platform.
     */
    @ConfigDocDefault("auto")
    Optional<ThreadKind> thread();

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
         * How long a probe may take; then it counts as unhealthy.
         */
        @ConfigDocDefault("2s")
        Optional<Duration> timeout();

        /**
         * How many unhealthy answers in a row make the subsystem unhealthy.
         */
        @ConfigDocDefault("3")
        OptionalInt failures();
    }

    /** When a subsystem is started again. */
    interface RestartConfig {

        /**
         * When a run that has ended is followed by another.
         */
        @ConfigDocDefault("what its @Subsystem annotation says")
        Optional<RestartPolicy> policy();
    }
}
