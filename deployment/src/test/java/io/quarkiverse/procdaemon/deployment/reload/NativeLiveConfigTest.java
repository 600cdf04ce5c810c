package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.NativeSources;
import io.smallrye.config.ConfigMapping;

/** In a native executable the class that is generated for a mapping is there, though nobody injects the mapping as itself. */
@Tag("any-jdk")
class NativeLiveConfigTest {

    @ConfigMapping(prefix = "ingest")
    interface IngestConfig {
        int port();
    }

    @Subsystem
    static class Ingest {
        @Inject
        LiveConfig<IngestConfig> config;
    }

    @TempDir
    Path directory;

    @Test
    void theMappingIsRegistered() throws Exception {
        assertThat(NativeSources.metadata(directory, List.of(), Ingest.class, IngestConfig.class).values())
                .anySatisfy(metadata -> assertThat(metadata).containsPattern(
                        "\"" + IngestConfig.class.getName().replace("$", "\\$") + "\\S*Impl\""))
                .noneSatisfy(metadata -> assertThat(metadata).contains(Ingest.class.getName() + "\""));
    }
}
