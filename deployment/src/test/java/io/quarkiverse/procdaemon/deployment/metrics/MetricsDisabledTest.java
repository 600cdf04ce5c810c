package io.quarkiverse.procdaemon.deployment.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;

@Tag("any-jdk")
class MetricsDisabledTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.metrics())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Scrape.class, Journal.class))
            .overrideConfigKey("quarkus.proc-daemon.metrics.enabled", "false");

    @Subsystem
    static class Journal {
    }

    @Test
    void addsNoMeter() {
        assertThat(Scrape.now()).isEmpty();
    }
}
