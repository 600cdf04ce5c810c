package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.OnReload;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;

/** A native executable needs no reflection to call the methods of subsystems. */
@Tag("any-jdk")
class NativeReflectionTest {

    @Subsystem
    static class Plain {
        @OnStart
        void open() {
        }

        @Run
        void run(ShutdownHandle shutdown) {
        }

        @OnReload
        void reload() {
        }
    }

    @ApplicationScoped
    @Subsystem
    static class Scoped {
        @OnStop
        void close(SubsystemContext context) {
        }

        @Healthy
        boolean well() {
            return true;
        }
    }

    @TempDir
    Path directory;

    @Test
    void noMetadataNamesASubsystem() throws Exception {
        Map<String, String> metadata = NativeSources.metadata(directory, List.of(), Plain.class, Scoped.class);
        assertThat(metadata).isNotEmpty();
        assertThat(metadata).allSatisfy((file, content) -> assertThat(content).as(file)
                .doesNotContain(NativeReflectionTest.class.getName(), "io.quarkiverse.procdaemon.runtime.wiring"));
    }
}
