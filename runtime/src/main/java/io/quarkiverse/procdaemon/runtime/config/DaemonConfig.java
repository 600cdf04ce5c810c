package io.quarkiverse.procdaemon.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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

    /** Reading the configuration anew while the daemon runs. */
    ReloadConfig reload();

    /**
     * What a signal does, by its name without {@code SIG}. {@code shutdown}: end the daemon; {@code reload}: read the
     * configuration anew; {@code ignore}: nothing; {@code none}: leave it to the JVM. In dev mode and tests signals are left
     * alone.
     */
    @ConfigDocDefault("TERM=shutdown, INT=shutdown, HUP=reload")
    @ConfigDocMapKey("signal")
    Map<String, SignalAction> signals();

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
         * When, counted from the start of a shutdown, it is over whatever still runs: the log names what does, with its
         * stack, and the process is halted with exit code 137. Greater than the force time-out.
         */
        @WithDefault("15s")
        Duration killTimeout();

        /**
         * Whether subsystems stop before the HTTP server closes, so that they can be watched while they do; by default they
         * stop after it, so that requests in flight still find them.
         */
        @WithDefault("false")
        boolean beforeHttp();

        /**
         * With what exit code the process ends after a signal. For those who take anything but 0 for a failure.
         */
        @ConfigDocDefault("128 + the number of the signal: 143 for TERM, 130 for INT")
        OptionalInt signalExitCode();

        /**
         * Where to write the report of a shutdown. The next start reads it and says in the log how the process before it ended,
         * also if it crashed. To be set for one process only.
         */
        Optional<Path> reportFile();
    }

    /** The start of the daemon. */
    interface StartConfig {

        /**
         * Whether a start that fails before the daemon was ever RUNNING is tried again, as the restart policy says. If not, the
         * first failed {@code @OnStart} of a critical subsystem, or of one that a critical one depends on, ends the start.
         * Restarts later are the same in every mode.
         */
        @ConfigDocDefault("true, but false in dev mode and tests")
        Optional<Boolean> retry();
    }

    /** Reading the configuration anew while the daemon runs. */
    interface ReloadConfig {

        /**
         * Whether the configuration is read anew when a file has changed, at the signal HUP, and by {@code Daemon.reload()}.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * Files and directories to be watched besides the files that the configuration is known to be read from: those that
         * other
         * sources read. They need not exist yet.
         */
        Optional<List<Path>> files();

        /**
         * How long nothing more must have changed before the configuration is read anew, so that several files are one change.
         * At most five times as long after the first.
         */
        @WithDefault("200ms")
        Duration debounce();

        /**
         * How often files are looked at where the file system does not say when one changes, as NFS.
         */
        @WithDefault("5s")
        Duration pollInterval();

        /**
         * How long each {@code @OnReload} may take. Then it is interrupted, and the new configuration is rejected.
         */
        @WithDefault("10s")
        Duration timeout();

        /**
         * What makes a key a secret if it is part of its name, whatever the case. The value of a secret is never shown.
         */
        @WithDefault("password,secret,token,credential,key")
        List<String> secretNames();
    }
}
