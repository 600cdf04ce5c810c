package io.quarkiverse.procdaemon.deployment.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.arc.All;
import io.quarkus.test.QuarkusUnitTest;

/** The Micrometer extension is there, but switched off. */
@Tag("any-jdk")
class MicrometerDisabledTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.metrics())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Journal.class))
            .overrideConfigKey("quarkus.micrometer.enabled", "false");

    @Subsystem
    static class Journal {
    }

    @Inject
    Daemon daemon;

    @Inject
    @All
    List<SubsystemListener> listeners;

    @Test
    void theDaemonRunsWithoutMeters() {
        assertThat(daemon.state()).isEqualTo(DaemonState.RUNNING);
        assertThat(listeners).extracting(listener -> listener.getClass().getName())
                .noneMatch(name -> name.startsWith("io.quarkiverse.procdaemon.runtime.metrics."));
    }
}
