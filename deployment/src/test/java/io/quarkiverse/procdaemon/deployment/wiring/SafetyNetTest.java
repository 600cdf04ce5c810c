package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.QuarkusProdModeTest;

/** When the application fails to start after its subsystems have, they stop in order all the same. */
class SafetyNetTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Journal.class, Ingest.class, Late.class))
            .setApplicationName("net").setRun(true).setExpectExit(true);

    @Subsystem
    static class Journal {
        @OnStop
        void close() {
            System.out.println("trace: journal stops");
        }

        @PreDestroy
        void destroy() {
            System.out.println("trace: a bean is destroyed");
        }
    }

    @Subsystem(dependsOn = Journal.class)
    static class Ingest {
        @OnStop
        void unbind() {
            System.out.println("trace: ingest stops");
        }
    }

    @Singleton
    static class Late {
        void start(@Observes @Priority(5000) StartupEvent event) {
            throw new IllegalStateException("too late");
        }
    }

    @Test
    void stopsWhatHasStarted() {
        assertThat(APPLICATION.getStartupConsoleOutput().lines().filter(line -> line.startsWith("trace: ")))
                .containsExactly("trace: ingest stops", "trace: journal stops", "trace: a bean is destroyed");
        assertThat(APPLICATION.getExitCode()).isEqualTo(1);
    }
}
