package io.quarkiverse.procdaemon.bench.reference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.graph.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;

/**
 * The rules of a daemon, checked. The product's own check, {@code ConfigurationProblems}, is closed to this package and reads
 * the configuration's interfaces; these are its conditions on the values, one for one, and its error with all problems.
 */
final class Rules {

    private static final Duration LONGEST = Duration.ofDays(10_000);

    /** Made with the first problem only. */
    private List<String> problems;

    /** The moments of a shutdown, in milliseconds; an error unless they are positive, in order and not endless. */
    static ShutdownTimeouts timeouts(long graceful, long force, long kill) {
        Rules rules = new Rules();
        ShutdownTimeouts timeouts = rules.shutdown(graceful, force, kill);
        rules.throwProblems();
        return timeouts;
    }

    /**
     * The rules of a daemon and one subsystem, with the time-outs of the shutdown in milliseconds.
     *
     * @param second milliseconds of one, so that the compiler does not know the durations of the subsystem
     */
    static Configuration configuration(long graceful, long force, long kill, long second) {
        Rules rules = new Rules();
        ShutdownTimeouts timeouts = rules.shutdown(graceful, force, kill);
        SubsystemSettings settings = rules.subsystem(timeouts, second);
        rules.throwProblems();
        return new Configuration(timeouts, settings);
    }

    record Configuration(ShutdownTimeouts timeouts, SubsystemSettings settings) {
    }

    private ShutdownTimeouts shutdown(long graceful, long force, long kill) {
        ShutdownTimeouts timeouts = new ShutdownTimeouts(Duration.ofMillis(graceful), Duration.ofMillis(force),
                Duration.ofMillis(kill));
        positive("graceful-timeout", timeouts.graceful());
        check(timeouts.kill().compareTo(LONGEST) <= 0, "kill-timeout", "is too long");
        check(timeouts.force().compareTo(timeouts.graceful()) > 0, "force-timeout", "must be greater than graceful-timeout");
        check(timeouts.kill().compareTo(timeouts.force()) > 0, "kill-timeout", "must be greater than force-timeout");
        return timeouts;
    }

    private SubsystemSettings subsystem(ShutdownTimeouts timeouts, long second) {
        SubsystemSettings settings = new SubsystemSettings(true, Duration.ofMillis(30 * second), timeouts.graceful(),
                Duration.ofMillis(1 * second), true, ThreadKind.AUTO, restart(second), health(second));
        positive("start-timeout", settings.startTimeout());
        positive("stop-timeout", settings.stopTimeout());
        positive("heartbeat-timeout", settings.heartbeatTimeout());
        return settings;
    }

    private RestartSettings restart(long second) {
        RestartSettings restart = new RestartSettings(RestartPolicy.ON_FAILURE, Duration.ofMillis(second / 10),
                Duration.ofMillis(30 * second),
                2, 0.2, 10, Duration.ofMillis(300 * second), Duration.ofMillis(30 * second), true);
        notNegative("initial-delay", restart.initialDelay());
        notNegative("max-delay", restart.maxDelay());
        positive("window", restart.window());
        notNegative("stable-after", restart.stableAfter());
        check(restart.multiplier() >= 1, "multiplier", "must be at least 1");
        check(restart.jitter() >= 0 && restart.jitter() <= 1, "jitter", "must be from 0 to 1");
        check(restart.maxRestarts() >= RestartSettings.UNLIMITED, "max-restarts", "must be at least -1");
        check(restart.maxDelay().compareTo(restart.initialDelay()) >= 0, "max-delay", "must not be less than initial-delay");
        return restart;
    }

    private HealthSettings health(long second) {
        HealthSettings health = new HealthSettings(Duration.ofMillis(5 * second), Duration.ofMillis(2 * second), 3, false);
        positive("health.interval", health.interval());
        positive("health.timeout", health.timeout());
        check(health.failures() >= 1, "health.failures", "must be at least 1");
        return health;
    }

    private void positive(String key, Duration value) {
        check(!value.isZero(), key, "must be greater than zero");
        notNegative(key, value);
    }

    private void notNegative(String key, Duration value) {
        check(!value.isNegative(), key, "must not be negative");
        check(value.compareTo(LONGEST) <= 0, key, "is too long");
    }

    private void check(boolean holds, String key, String problem) {
        if (!holds) {
            if (problems == null) {
                problems = new ArrayList<>();
            }
            problems.add(key + " " + problem);
        }
    }

    private void throwProblems() {
        if (problems != null) {
            throw new InvalidConfigurationException(ErrorCode.INVALID_CONFIGURATION, "the configuration", problems);
        }
    }
}
