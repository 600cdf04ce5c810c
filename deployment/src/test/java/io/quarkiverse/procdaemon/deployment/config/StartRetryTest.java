package io.quarkiverse.procdaemon.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkus.test.QuarkusUnitTest;

/** What is configured counts in a test too: a start that fails is tried again. */
class StartRetryTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Ingest.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.start.retry", "true")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.restart.initial-delay", "1ms");

    @Subsystem
    static class Ingest {
        @OnStart
        void bind(SubsystemContext context) throws IOException {
            if (context.generation() < 3) {
                throw new IOException("port 7070 is taken");
            }
        }
    }

    @Inject
    Daemon daemon;

    @Test
    void itStartsInTheEnd() {
        assertThat(daemon.subsystem("ingest").orElseThrow().generation()).isEqualTo(3);
    }
}
