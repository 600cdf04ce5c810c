package io.quarkiverse.procdaemon.runtime.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigDocSection;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithName;
import io.smallrye.config.WithUnnamedKey;

/** Proc Daemon: what may be set when the application starts. */
@ConfigMapping(prefix = "quarkus.proc-daemon")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface DaemonConfig {

    /** The key in {@link #subsystems()} of what is set without a name, for every subsystem. */
    String EVERY = "<every>";

    /**
     * The name of the daemon, as it stands in the log and in {@code Daemon.name()}.
     */
    @ConfigDocDefault("${quarkus.application.name}")
    Optional<String> name();

    /**
     * The rules that subsystems run under. Without a name: for all of them; with the name of a subsystem: for that one.
     */
    @WithName("subsystem")
    @WithUnnamedKey(EVERY)
    @WithDefaults
    @ConfigDocSection
    @ConfigDocMapKey("subsystem-name")
    Map<String, SubsystemConfig> subsystems();

    /** The end of the daemon. */
    ShutdownConfig shutdown();

    /** The start of the daemon. */
    StartConfig start();

    /** The end of the daemon. */
    interface ShutdownConfig {

        /**
         * Until when, counted from the start of a shutdown, subsystems are left to end by themselves; then they are
         * interrupted. Also the default of {@code quarkus.proc-daemon.subsystem.stop-timeout}.
         */
        @WithDefault("5s")
        Duration gracefulTimeout();

        /**
         * Until when, counted from the start of a shutdown, interrupted subsystems may still end; then they are abandoned, so
         * that what they depend on can still clean up. Greater than the graceful time-out.
         */
        @WithDefault("10s")
        Duration forceTimeout();

        /**
         * When, counted from the start of a shutdown, it is over whatever still runs. Greater than the force time-out.
         */
        @WithDefault("15s")
        Duration killTimeout();

        /**
         * Whether subsystems stop before the HTTP server closes, so that they can be watched while they do; by default they
         * stop after it, so that requests in flight still find them.
         */
        @WithDefault("false")
        boolean beforeHttp();
    }

    /** The start of the daemon. */
    interface StartConfig {

        /**
         * What happens when a critical subsystem cannot start. {@code exit}: what has started is stopped again in reverse
         * order and the process ends with exit code 1.
         */
        @WithDefault("exit")
        OnFailure onFailure();

        /** What happens when a critical subsystem cannot start. */
        enum OnFailure {
            /** Stop what has started; exit code 1. */
            EXIT
        }
    }
}
