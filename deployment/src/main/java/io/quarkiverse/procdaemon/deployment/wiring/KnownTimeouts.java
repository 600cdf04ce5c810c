package io.quarkiverse.procdaemon.deployment.wiring;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

import org.eclipse.microprofile.config.Config;

import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;

/**
 * The timeouts that are known at build time, though they are run-time configuration. The keys are read one by one, since there
 * is no mapping of run-time configuration at build time, and without recording defaults. A value that is not available yet,
 * such as an expression over run-time values, never causes a warning.
 */
final class KnownTimeouts {

    private static final String SHUTDOWN = "quarkus.proc-daemon.shutdown.";
    private static final String SUBSYSTEM = "quarkus.proc-daemon.subsystem.";
    private static final Duration ENDLESS = Duration.ofDays(10_000);

    private final Config config;
    private final boolean enabled;
    private final Duration stopTimeout;
    private final Duration startTimeout;

    KnownTimeouts(Config config) {
        this.config = config;
        this.enabled = enabled(List.of(SUBSYSTEM + "enabled"), true);
        this.stopTimeout = stopTimeout(List.of(SUBSYSTEM + "stop-timeout"), Duration.ZERO);
        this.startTimeout = startTimeout(List.of(SUBSYSTEM + "start-timeout"), SubsystemSettings.DEFAULT.startTimeout());
    }

    /** The timeouts of a shutdown. */
    ShutdownTimeouts shutdown() {
        ShutdownTimeouts otherwise = ShutdownTimeouts.DEFAULT;
        return new ShutdownTimeouts(moment("graceful-timeout", otherwise.graceful()),
                moment("force-timeout", otherwise.force()), moment("kill-timeout", otherwise.kill()));
    }

    /** The stop timeout set for a subsystem or for all; empty if there is none, or if the subsystem is disabled. */
    Optional<Duration> stop(String name) {
        Duration timeout = stopTimeout(keys(name, "stop-timeout"), stopTimeout);
        return enabled(keys(name, "enabled"), enabled) && isPossible(timeout) ? Optional.of(timeout) : Optional.empty();
    }

    /** The start timeout of a subsystem, its default if it is not known; zero if the subsystem is known to be disabled. */
    Duration start(String name) {
        boolean all = first(List.of(SUBSYSTEM + "enabled"), Boolean.class, true, true);
        return first(keys(name, "enabled"), Boolean.class, all, true)
                ? startTimeout(keys(name, "start-timeout"), startTimeout)
                : Duration.ZERO;
    }

    private Duration startTimeout(List<String> keys, Duration unset) {
        Duration timeout = first(keys, Duration.class, unset, unset);
        return isPossible(timeout) ? timeout : unset;
    }

    private boolean enabled(List<String> keys, boolean unset) {
        return first(keys, Boolean.class, unset, false);
    }

    private Duration stopTimeout(List<String> keys, Duration unset) {
        return first(keys, Duration.class, unset, Duration.ZERO);
    }

    private Duration moment(String name, Duration otherwise) {
        Duration moment = first(List.of(SHUTDOWN + name), Duration.class, otherwise, ENDLESS);
        return isPossible(moment) ? moment : ENDLESS;
    }

    private static boolean isPossible(Duration timeout) {
        return timeout.compareTo(Duration.ZERO) > 0 && timeout.compareTo(ENDLESS) <= 0;
    }

    private static List<String> keys(String name, String key) {
        return List.of(SUBSYSTEM + '"' + name + "\"." + key, SUBSYSTEM + name + '.' + key);
    }

    private <T> T first(List<String> keys, Class<T> type, T unset, T unreadable) {
        try {
            for (String key : keys) {
                if (isSet(key)) {
                    return config.getOptionalValue(key, type).orElse(unreadable);
                }
            }
            return unset;
        } catch (IllegalArgumentException | NoSuchElementException notYet) {
            return unreadable;
        }
    }

    private boolean isSet(String key) {
        String value = config.getConfigValue(key).getRawValue();
        return value != null && !value.isEmpty();
    }
}
