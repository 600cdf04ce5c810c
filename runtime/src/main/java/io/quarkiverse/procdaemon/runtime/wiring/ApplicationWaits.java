package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;
import io.quarkus.runtime.shutdown.ShutdownConfig;
import io.smallrye.config.SmallRyeConfig;

/**
 * How long the application waits on its own account before the subsystems stop; zero where nothing is configured.
 *
 * @param delay {@code quarkus.shutdown.delay}
 * @param timeout {@code quarkus.shutdown.timeout}
 */
record ApplicationWaits(Duration delay, Duration timeout) {

    static ApplicationWaits configured(boolean delayEnabled) {
        ShutdownConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(ShutdownConfig.class);
        return new ApplicationWaits(
                delayEnabled && config.isDelayEnabled() ? config.delay().orElseThrow() : Duration.ZERO,
                config.isTimeoutEnabled() ? config.timeout().orElseThrow() : Duration.ZERO);
    }

    Duration total() {
        return Nanos.sum(delay, timeout);
    }
}
