package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.QuarkusUnitTest;

/** First the application's own start-up code, then the subsystems, then the HTTP server. */
class StartOrderTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.http())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Trace.class, FreePort.class, Ports.class,
                    Own.class, Journal.class))
            .overrideRuntimeConfigKey("quarkus.http.test-port", String.valueOf(FreePort.any()));

    static final class Ports {

        private Ports() {
        }

        static String http(int port) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("localhost", port), 1000);
                return "open";
            } catch (IOException refused) {
                return "closed";
            }
        }
    }

    @Singleton
    static class Own {

        @Inject
        Trace trace;

        @Startup
        void startup() {
            trace.add("@Startup");
        }

        void observe(@Observes StartupEvent event) {
            trace.add("StartupEvent");
        }
    }

    @Subsystem
    static class Journal {

        @Inject
        Trace trace;

        @ConfigProperty(name = "quarkus.http.test-port")
        int port;

        @OnStart
        void open() {
            trace.add("subsystem, HTTP " + Ports.http(port));
        }
    }

    @Inject
    Trace trace;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Test
    void subsystemsStartLastButBeforeHttp() {
        assertThat(trace.entries()).hasSize(3).contains("@Startup", "StartupEvent").endsWith("subsystem, HTTP closed");
        assertThat(Ports.http(port)).isEqualTo("open");
    }
}
