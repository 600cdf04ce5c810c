package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.config.ConfigMapping;

/** A mapping that nobody injects as itself is checked at the start all the same, whether or not anybody reads it. */
@Tag("any-jdk")
class MissingLiveValueTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Ingest.class, IngestConfig.class))
            .overrideRuntimeConfigKey("ingest.prot", "7071")
            .assertException(thrown -> assertThat(thrown).hasMessageContainingAll(
                    "The config property ingest.port is required but it could not be found in any config source",
                    "ingest.prot in"));

    @Test
    void doesNotGetHere() {
        fail("the start should have failed");
    }

    @ConfigMapping(prefix = "ingest")
    interface IngestConfig {
        int port();
    }

    @Subsystem
    static class Ingest {
        @Inject
        LiveConfig<IngestConfig> config;
    }
}
