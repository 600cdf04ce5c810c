package io.quarkiverse.procdaemon.deployment.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.deployment.wiring.FreePort;
import io.quarkiverse.procdaemon.deployment.wiring.RunningJar;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/** What comes of gRPC calls at the start and the end of a real process, on either server. */
@Timeout(120)
class CallsAtTheEndTest {

    private static final String SHUTDOWN = "-Dquarkus.proc-daemon.shutdown.";
    private static final String USED = "stopped false, journal is RUNNING, another call: UNAVAILABLE: calls is shutting down";

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .setForcedDependencies(Extensions.grpc())
            .withApplicationRoot(jar -> jar.addClasses(CallsApplication.class, CallsApplication.Journal.class,
                    CallsApplication.Client.class, CallsApplication.Routes.class, CallsApplication.Service.class, Rpc.class,
                    Answers.class))
            .setApplicationName("calls");

    @ProdBuildResults
    ProdModeTestResults build;

    private RunningJar start(String server, String... options) throws IOException {
        int http = FreePort.any();
        int grpc = FreePort.any();
        boolean separate = server.equals("separate");
        List<String> all = new ArrayList<>(List.of("-Dquarkus.http.port=" + http, "-Dquarkus.grpc.server.port=" + grpc,
                "-Dquarkus.grpc.server.use-separate-server=" + separate, "-Dserver.port=" + (separate ? grpc : http)));
        all.addAll(List.of(options));
        return RunningJar.start(build.getBuiltArtifactPath(), all.toArray(String[]::new));
    }

    private static Stream<String> trace(RunningJar application) {
        return application.lines("trace: ").map(line -> line.substring(line.indexOf("trace: ") + 7));
    }

    @ParameterizedTest
    @CsvSource({ "separate, false, /say", "separate, true, /tail", "shared, false, /tail", "shared, true, /say" })
    void aCallInFlightEndsBeforeWhatItUsesAndNoneIsHandledAfter(String server, boolean beforeHttp, String path)
            throws Exception {
        try (RunningJar application = start(server, SHUTDOWN + "before-http=" + beforeHttp)) {
            application.getNow(path);
            application.awaitLine("trace: use begins");
            application.signal("TERM");
            assertThat(application.exitCode()).isEqualTo(143);
            boolean separate = server.equals("separate");
            assertThat(trace(application)).contains("use begins", "answer: " + USED + (path.equals("/tail") ? ", OK" : ""));
            assertThat(trace(application)).filteredOn(line -> line.startsWith("at the start")).singleElement().asString()
                    .startsWith("at the start: UNAVAILABLE: "
                            + (separate ? "calls has not started yet; try again later, NOT_SERVING" : ""));
            assertThat(trace(application)).filteredOn(line -> line.startsWith("at the stop")).singleElement().asString()
                    .startsWith("at the stop: UNAVAILABLE: "
                            + (separate || beforeHttp ? "calls is shutting down, NOT_SERVING" : ""));
            assertThat(application.lines("handled while")).isEmpty();
            assertThat(application.lines("did not end within")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({ "separate", "shared" })
    void theShutdownGoesOnWithoutAStreamThatDoesNotEnd(String server) throws Exception {
        try (RunningJar application = start(server, SHUTDOWN + "graceful-timeout=1s")) {
            application.getNow("/stuck");
            application.awaitLine("trace: stuck begins");
            application.signal("TERM");
            assertThat(application.exitCode()).isEqualTo(143);
            assertThat(application.lines("did not end within")).singleElement().asString().contains("WARN").endsWith(
                    "The gRPC calls in flight did not end within 500ms; the shutdown continues without them");
        }
    }

    /** Quarkus itself would wait for it as for a request, longer than the test does. */
    @ParameterizedTest
    @CsvSource({ "separate, 100s", "shared, 100s", "shared, 0s" })
    void noShutdownWaitsForAWatchOfTheHealthService(String server, String timeout) throws Exception {
        try (RunningJar application = start(server, "-Dquarkus.shutdown.timeout=" + timeout)) {
            application.getNow("/watch");
            application.awaitLine("trace: watch: SERVING");
            application.signal("TERM");
            assertThat(application.exitCode()).isEqualTo(143);
            assertThat(application.lines("did not end within")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({ "separate, 20s", "shared, 20s" })
    void aCallInFlightIsAwaitedWithATimeoutOfTheApplication(String server, String timeout) throws Exception {
        try (RunningJar application = start(server, "-Dquarkus.shutdown.timeout=" + timeout)) {
            application.getNow("/tail");
            application.awaitLine("trace: use begins");
            application.signal("TERM");
            assertThat(application.exitCode()).isEqualTo(143);
            assertThat(trace(application)).filteredOn(line -> line.startsWith("answer")).singleElement().asString()
                    .startsWith("answer: stopped false, journal is RUNNING, another call: UNAVAILABLE: ").endsWith(", OK");
            assertThat(application.lines("did not end within")).isEmpty();
        }
    }
}
