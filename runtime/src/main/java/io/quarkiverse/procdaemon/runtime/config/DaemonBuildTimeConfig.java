package io.quarkiverse.procdaemon.runtime.config;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Proc Daemon: build-time configuration. */
@ConfigMapping(prefix = "quarkus.proc-daemon")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface DaemonBuildTimeConfig {

    /** Health checks. */
    HealthConfig health();

    /** Micrometer meters. */
    MetricsConfig metrics();

    /** What the build does for systemd. */
    SystemdBuildTimeConfig systemd();

    /** The Flight Recorder. */
    JfrConfig jfr();

    /** The Flight Recorder. */
    interface JfrConfig {

        /**
         * Whether the daemon can record with the JDK's Flight Recorder, and its events are in recordings. If not, a recording
         * is
         * refused.
         */
        @WithDefault("true")
        boolean enabled();
    }

    /** The control socket. */
    ControlBuildTimeConfig control();

    /** The status page. */
    StatusConfig status();

    /** The status page. */
    interface StatusConfig {

        /**
         * Whether the application serves the status page, {@code proc-daemon} below
         * {@code quarkus.http.non-application-root-path}, if it has an HTTP server.
         */
        @WithDefault("false")
        boolean enabled();
    }

    /** Health checks. */
    interface HealthConfig {

        /**
         * Whether the daemon and its subsystems are part of {@code /q/health}, if the SmallRye Health extension is present.
         */
        @WithDefault("true")
        boolean enabled();
    }

    /** Micrometer meters. */
    interface MetricsConfig {

        /**
         * Whether meters for the subsystems are registered, if the Micrometer extension is present.
         */
        @WithDefault("true")
        boolean enabled();
    }

    /** The control socket. */
    interface ControlBuildTimeConfig {

        /**
         * Whether the application serves the control API on a Unix domain socket.
         */
        @WithDefault("false")
        boolean enabled();
    }
}
