package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.engine.graph.ShutdownBudget;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;
import io.quarkus.runtime.shutdown.ShutdownConfig;
import io.smallrye.config.SmallRyeConfig;

/**
 * How long Quarkus itself waits before the subsystems stop; zero where nothing is configured.
 *
 * @param delay {@code quarkus.shutdown.delay}
 * @param timeout {@code quarkus.shutdown.timeout}
 */
record ApplicationWaits(Duration delay, Duration timeout) {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private static final String DELAY = ShutdownBudget.DELAY;
    private static final String TIMEOUT = ShutdownBudget.TIMEOUT;
    /** Quarkus counts in milliseconds. */
    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);
    private static final Duration SHORTEST = Duration.ofMillis(-Long.MAX_VALUE);

    /** The configured waits; warns if the application was not built for a delay. */
    static ApplicationWaits configured(boolean delayEnabled) {
        ShutdownConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(ShutdownConfig.class,
                "quarkus.shutdown");
        Duration delay = config.isDelayEnabled() ? config.delay().orElseThrow() : Duration.ZERO;
        if (!delayEnabled && !delay.isZero()) {
            LOG.warnf("%s (%s) has no effect, because the application was built without %s-enabled: a shutdown does not wait "
                    + "before HTTP closes; build it with %s-enabled=true, or remove the delay", DELAY, Durations.text(delay),
                    DELAY, DELAY);
        }
        return new ApplicationWaits(delayEnabled ? delay : Duration.ZERO,
                config.isTimeoutEnabled() ? config.timeout().orElseThrow() : Duration.ZERO);
    }

    /** Durations that Quarkus does not support. */
    static List<ConfigProblem> problems(SmallRyeConfig config) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (String key : List.of(DELAY, TIMEOUT)) {
            Duration value = value(config, key).orElse(Duration.ZERO);
            if (value.compareTo(LONGEST) > 0 || value.compareTo(SHORTEST) < 0) {
                problems.add(new ConfigProblem(Optional.of(key), Optional.empty(), OptionalInt.empty(),
                        key + " (" + Durations.text(value) + ") is more than Quarkus supports, which counts in milliseconds;"
                                + " set it to at most " + LONGEST.toDays() + "d"));
            }
        }
        return problems;
    }

    private static Optional<Duration> value(SmallRyeConfig config, String key) {
        try {
            return config.getOptionalValue(key, Duration.class);
        } catch (IllegalArgumentException malformed) {
            // Quarkus reports it.
            return Optional.empty();
        }
    }

    /** @param kill the kill timeout */
    ShutdownBudget budget(Duration kill) {
        return new ShutdownBudget(delay, timeout, kill);
    }

    Duration total() {
        return Durations.sum(delay, timeout);
    }
}
