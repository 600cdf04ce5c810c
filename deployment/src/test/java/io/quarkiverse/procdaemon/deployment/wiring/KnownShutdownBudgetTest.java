package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.deployment.validation.ShutdownBudgetBuildItem;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** How long a build thinks that a stop may take. */
@Tag("any-jdk")
class KnownShutdownBudgetTest {

    private static ShutdownBudgetBuildItem known(boolean delayEnabled, Map<String, String> keys) {
        return KnownShutdownBudget.in(new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(keys, "test", 100)).build(), delayEnabled);
    }

    @Test
    void nothingIsSet() {
        assertThat(known(true, Map.of()).explanation())
                .isEqualTo("15s (quarkus.proc-daemon.shutdown.kill-timeout) + 5s (margin) = 20s");
    }

    @Test
    void theDelayCountsOnlyInABuildForIt() {
        Map<String, String> keys = Map.of("quarkus.shutdown.delay", "3s", "quarkus.shutdown.timeout", "4s",
                "quarkus.proc-daemon.shutdown.kill-timeout", "20s");
        assertThat(known(true, keys).budget().seconds()).isEqualTo(32);
        assertThat(known(false, keys).budget().seconds()).isEqualTo(29);
    }

    @Test
    void whatCannotBeReadYetIsNamed() {
        ShutdownBudgetBuildItem known = known(true, Map.of("quarkus.shutdown.delay", "${not.yet}",
                "quarkus.shutdown.timeout", "soon", "quarkus.proc-daemon.shutdown.kill-timeout", "20000d"));
        assertThat(known.budget().seconds()).isEqualTo(20);
        assertThat(known.explanation()).isEqualTo("15s (quarkus.proc-daemon.shutdown.kill-timeout) + 5s (margin) = 20s; not "
                + "known at build time, the default is assumed: quarkus.shutdown.delay, quarkus.shutdown.timeout, "
                + "quarkus.proc-daemon.shutdown.kill-timeout");
    }
}
