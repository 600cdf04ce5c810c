package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/**
 * By default subsystems stop after the HTTP server has closed, so that requests in flight still find them, and with
 * {@code shutdown.before-http} while it is still open.
 */
@Timeout(120)
class StopAndHttpTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .setForcedDependencies(Extensions.http())
            .withApplicationRoot(jar -> jar.addClasses(HttpObserver.class))
            .setApplicationName("stop-and-http");

    @ProdBuildResults
    ProdModeTestResults build;

    @ParameterizedTest
    @CsvSource({ "-Dany=option, closed", "-Dquarkus.proc-daemon.shutdown.before-http=true, open" })
    void subsystemsStopThen(String option, String http) throws Exception {
        try (RunningJar application = RunningJar.start(build.getBuiltArtifactPath(), option,
                "-Dquarkus.http.port=" + FreePort.any())) {
            application.signal("TERM");
            assertThat(application.exitCode()).isEqualTo(143);
            assertThat(application.lines("starts with HTTP")).singleElement(STRING).endsWith("closed");
            assertThat(application.lines("stops with HTTP")).singleElement(STRING).endsWith(http);
        }
    }
}
