package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.LogFile;
import io.quarkus.test.QuarkusProdModeTest;

/** With {@code shutdown.before-http} subsystems stop while the HTTP server is still open. */
class StopBeforeHttpTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .setForcedDependencies(Extensions.http())
            .withApplicationRoot(jar -> jar.addClasses(HttpWatch.class))
            .setApplicationName("stop-before-http").setRun(true).setLogFileName("stop.log")
            .setRuntimeProperties(Map.of("quarkus.http.port", String.valueOf(FreePort.any()),
                    "quarkus.proc-daemon.shutdown.before-http", "true"));

    @LogFile
    Path log;

    @Test
    void stopsItsSubsystemsThen() throws IOException {
        APPLICATION.stop();
        assertThat(APPLICATION.getExitCode()).isEqualTo(143);
        assertThat(Files.readString(log)).contains("starts with HTTP closed", "stops with HTTP open");
    }
}
