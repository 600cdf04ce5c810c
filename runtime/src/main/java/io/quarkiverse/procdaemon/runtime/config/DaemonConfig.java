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

/** Proc Daemon: run-time configuration. */
@ConfigMapping(prefix = DaemonConfig.PREFIX)
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface DaemonConfig {

    /** What all keys begin with. */
    String PREFIX = "quarkus.proc-daemon";
    /** The key in {@link #subsystems()} of the settings without a name, which apply to every subsystem. */
    String EVERY = "<every>";

    /**
     * The name of the daemon, as in the log and in {@code Daemon.name()}.
     */
    @ConfigDocDefault("${quarkus.application.name}")
    Optional<String> name();

    /**
     * A file that the daemon locks before anything else starts, so that a second process with the same file does not start. It
     * is created if it is missing, in a directory that exists, and never deleted. No lock is taken in tests.
     */
    @ConfigDocDefault("none: no lock is taken")
    Optional<Path> instanceLock();

    /**
     * A file with the process ID, from the moment at which the daemon is RUNNING until its end. Its directory must exist. It is
     * not written in tests.
     */
    @ConfigDocDefault("none: no file is written")
    Optional<Path> pidFile();

    /**
     * The settings of subsystems. Without a name: for all of them; with the name of a subsystem: for that one.
     */
    @WithName("subsystem")
    @WithUnnamedKey(EVERY)
    @WithDefaults
    @ConfigDocSection
    @ConfigDocMapKey("subsystem-name")
    Map<String, SubsystemConfig> subsystems();

    /**
     * The settings of incoming channels of messages, by the name of the channel.
     */
    @WithName("channel")
    @ConfigDocSection
    @ConfigDocMapKey("channel-name")
    Map<String, ChannelConfig> channels();

    /** The shutdown of the daemon. */
    ShutdownConfig shutdown();

    /** The start of the daemon. */
    StartConfig start();

    /** Reloading the configuration at run time. */
    ReloadConfig reload();

    /** Thread dumps, heap dumps and recordings. */
    DumpConfig dump();

    /** Samples of what the process uses, and soft limits of it. */
    ResourcesConfig resources();

    /** The meters of subsystems. */
    MetricsConfig metrics();

    /** Messages to systemd. */
    SystemdConfig systemd();

    /** The control socket. */
    ControlConfig control();

    /**
     * What a signal does, by its name without {@code SIG}. {@code shutdown}: shut down the daemon; {@code reload}: reload the
     * configuration; {@code dump}: write a thread dump; {@code drain}, {@code resume}: take the daemon out of rotation and
     * back;
     * {@code event}: only fire the CDI event {@code DaemonSignal}, which all others but {@code none} do as well;
     * {@code ignore}: do nothing; {@code none}: leave the signal to the JVM. In dev mode and tests no signal is handled.
     */
    @ConfigDocDefault("TERM=shutdown, INT=shutdown, HUP=reload, USR1=dump")
    @ConfigDocMapKey("signal")
    Map<String, SignalAction> signals();

    /** The settings of an incoming channel. */
    interface ChannelConfig {

        /**
         * The subsystems that the consumer of the channel needs: the {@code @Incoming} method gets messages only while all of
         * them are RUNNING. A method of a subsystem always needs that subsystem.
         */
        @ConfigDocDefault("none")
        Optional<List<String>> needs();
    }

    /** The shutdown of the daemon. */
    interface ShutdownConfig {

        /**
         * The time, from the start of a shutdown, within which subsystems should stop by themselves; then they are interrupted.
         * Also the default of {@code quarkus.proc-daemon.subsystem.stop-timeout}.
         */
        @WithDefault("5s")
        Duration gracefulTimeout();

        /**
         * The time, from the start of a shutdown, within which interrupted subsystems must stop; then they are abandoned, so
         * that their dependencies can still clean up. Must be greater than the graceful timeout.
         */
        @WithDefault("10s")
        Duration forceTimeout();

        /**
         * The time, from the start of a shutdown, after which the process is halted with exit code 137, whatever is still
         * running; the log names that, with stack traces. Must be greater than the force timeout.
         */
        @WithDefault("15s")
        Duration killTimeout();

        /**
         * Whether subsystems stop before the HTTP server closes, so that their stop can be observed over HTTP. By default they
         * stop after it, so that requests in flight can still use them.
         */
        @WithDefault("false")
        boolean beforeHttp();

        /**
         * The exit code of the process after a signal, for service managers that treat any code but 0 as a failure.
         */
        @ConfigDocDefault("128 + the number of the signal: 143 for TERM, 130 for INT")
        OptionalInt signalExitCode();

        /**
         * The file to which the report of a shutdown is written. The next start reads it and logs how the previous process
         * ended, even if it crashed. Each process needs its own file.
         */
        @ConfigDocDefault("none: no report is written")
        Optional<Path> reportFile();
    }

    /** The start of the daemon. */
    interface StartConfig {

        /**
         * Whether a start that fails before the daemon was ever RUNNING is retried according to the restart policy. If not, the
         * first failed {@code @OnStart} of a critical subsystem, or of a dependency of one, ends the start. Later restarts are
         * the same in every mode.
         */
        @ConfigDocDefault("true, but false in dev mode and tests")
        Optional<Boolean> retry();
    }

    /** Reloading the configuration at run time. */
    interface ReloadConfig {

        /**
         * Whether the configuration is reloaded when a file has changed, on the signal HUP, and by {@code Daemon.reload()}.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * Additional files and directories to watch, for configuration sources whose files are not detected. They need not
         * exist yet.
         */
        @ConfigDocDefault("none")
        Optional<List<Path>> files();

        /**
         * How long files must stay unchanged before the configuration is reloaded, so that changes of several files lead to one
         * reload. It happens at the latest five times that long after the first change.
         */
        @WithDefault("200ms")
        Duration debounce();

        /**
         * How often files are checked for changes. They are checked sooner if the operating system reports one.
         */
        @WithDefault("5s")
        Duration pollInterval();

        /**
         * The maximum duration of each {@code @OnReload}. After it the method is interrupted and the new configuration is
         * rejected.
         */
        @WithDefault("10s")
        Duration timeout();

        /**
         * Parts of names, in any case, that make a key a secret. Values of secrets are never shown.
         */
        @WithDefault("password,secret,token,credential,key")
        List<String> secretNames();
    }
}
