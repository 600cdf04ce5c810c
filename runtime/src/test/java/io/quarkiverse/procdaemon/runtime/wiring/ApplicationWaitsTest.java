package io.quarkiverse.procdaemon.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.Test;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.shutdown.ShutdownConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class ApplicationWaitsTest {

    private static ApplicationWaits configured(boolean delayEnabled, Map<String, String> keys) {
        SmallRyeConfig config = new SmallRyeConfigBuilder().withMapping(ShutdownConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(keys, "test", 100)).build();
        ConfigProviderResolver resolver = ConfigProviderResolver.instance();
        resolver.registerConfig(config, ApplicationWaitsTest.class.getClassLoader());
        try {
            return ApplicationWaits.configured(delayEnabled);
        } finally {
            resolver.releaseConfig(config);
        }
    }

    private static final Map<String, String> BOTH = Map.of("quarkus.shutdown.delay", "3s", "quarkus.shutdown.timeout", "20s");

    @Test
    void nothingIsSet() {
        assertThat(configured(true, Map.of())).isEqualTo(new ApplicationWaits(Duration.ZERO, Duration.ZERO));
    }

    @Test
    void bothAreSet() {
        ApplicationWaits waits = configured(true, BOTH);
        assertThat(waits).isEqualTo(new ApplicationWaits(Duration.ofSeconds(3), Duration.ofSeconds(20)));
        assertThat(waits.total()).isEqualTo(Duration.ofSeconds(23));
    }

    @Test
    void aDelayThatTheBuildDidNotEnableIsNone() {
        assertThat(configured(false, BOTH)).isEqualTo(new ApplicationWaits(Duration.ZERO, Duration.ofSeconds(20)));
    }

    @Test
    void zeroAndLessIsNone() {
        assertThat(configured(true, Map.of("quarkus.shutdown.delay", "0s", "quarkus.shutdown.timeout", "-1s")))
                .isEqualTo(new ApplicationWaits(Duration.ZERO, Duration.ZERO));
    }
}
