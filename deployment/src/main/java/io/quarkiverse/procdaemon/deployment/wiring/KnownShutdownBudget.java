package io.quarkiverse.procdaemon.deployment.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

import org.eclipse.microprofile.config.Config;

import io.quarkiverse.procdaemon.deployment.validation.ShutdownBudgetBuildItem;
import io.quarkiverse.procdaemon.runtime.engine.graph.ShutdownBudget;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;

/** Reads the parts of a {@link ShutdownBudget} at build time, though they are run-time configuration. */
final class KnownShutdownBudget {

    private static final Duration LONGEST = Duration.ofDays(10_000);

    private final Config config;
    private final List<String> unknown = new ArrayList<>();

    private KnownShutdownBudget(Config config) {
        this.config = config;
    }

    /** @param delayEnabled whether the application is built to heed {@code quarkus.shutdown.delay} */
    static ShutdownBudgetBuildItem in(Config config, boolean delayEnabled) {
        KnownShutdownBudget known = new KnownShutdownBudget(config);
        ShutdownBudget budget = new ShutdownBudget(
                delayEnabled ? known.value(ShutdownBudget.DELAY, Duration.ZERO) : Duration.ZERO,
                known.value(ShutdownBudget.TIMEOUT, Duration.ZERO),
                known.value(ShutdownBudget.KILL, ShutdownTimeouts.DEFAULT.kill()));
        return new ShutdownBudgetBuildItem(budget, known.unknown);
    }

    private Duration value(String key, Duration unset) {
        String raw = config.getConfigValue(key).getRawValue();
        if (raw == null || raw.isEmpty()) {
            return unset;
        }
        try {
            Duration value = config.getOptionalValue(key, Duration.class).orElse(null);
            if (value != null && !value.isNegative() && value.compareTo(LONGEST) <= 0) {
                return value;
            }
        } catch (IllegalArgumentException | NoSuchElementException notYet) {
            // As below.
        }
        unknown.add(key);
        return unset;
    }
}
