package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/** What comes before what at the end of a real process: requests, HTTP, readiness, schedules, subsystems; and signals. */
@Timeout(120)
class EndOfProcessTest {

    private static final String SHUTDOWN = "-Dquarkus.proc-daemon.shutdown.";
    private static final String SKIPPED = "skipped while journal is ";
    private static final String USED = "began true, stopped false, journal is RUNNING";

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .setForcedDependencies(Extensions.shutdown())
            .withApplicationRoot(jar -> jar.addClasses(EndApplication.class, EndApplication.Journal.class,
                    EndApplication.Listener.class, EndApplication.Routes.class))
            .overrideConfigKey("quarkus.shutdown.delay-enabled", "true")
            .setApplicationName("end");

    @ProdBuildResults
    ProdModeTestResults build;

    private RunningJar start(String... options) throws IOException {
        return RunningJar.start(build.getBuiltArtifactPath(), options);
    }

    /** Without what the scheduler skips, which only a delay is sure to be long enough for. */
    private static Stream<String> trace(RunningJar application) {
        return application.lines("trace: ").map(line -> line.substring(line.indexOf("trace: ") + 7))
                .filter(line -> !line.startsWith(SKIPPED));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "before-http=false",
            "before-http=true",
            "before-http=false -Dquarkus.shutdown.timeout=10s " + SHUTDOWN + "graceful-timeout=1s",
            "before-http=true -Dquarkus.shutdown.timeout=10s " + SHUTDOWN + "graceful-timeout=1s" })
    void aRequestUnderWayEndsBeforeWhatItUses(String options) throws Exception {
        try (RunningJar application = start((SHUTDOWN + options).split(" "))) {
            CompletableFuture<HttpResponse<String>> request = application.get("/use");
            application.awaitLine("trace: use begins");
            application.signal("TERM");
            assertThat(request.get(30, TimeUnit.SECONDS)).satisfies(response -> {
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.body()).isEqualTo(USED);
            });
            assertThat(application.exitCode()).isEqualTo(143);
            assertThat(trace(application)).containsExactly("use begins", USED, "journal stops");
            assertThat(application.lines("did not end within")).isEmpty();
        }
    }

    @Test
    void theShutdownGoesOnWithoutARequestThatDoesNotEnd() throws Exception {
        try (RunningJar application = start(SHUTDOWN + "graceful-timeout=1s")) {
            application.get("/stuck");
            application.awaitLine("trace: stuck begins");
            application.signal("INT");
            assertThat(application.exitCode()).isEqualTo(130);
            assertThat(application.lines("did not end within")).singleElement().asString().contains("WARN").endsWith(
                    "The HTTP requests in flight did not end within 500ms; the shutdown continues without them");
            assertThat(trace(application)).containsExactly("stuck begins", "journal stops");
        }
    }

    /** Longer than the graceful time, which does not run yet. */
    @Test
    void duringTheDelayReadinessIsDownAndAllRunsButSchedules() throws Exception {
        try (RunningJar application = start("-Dquarkus.shutdown.delay=3s", SHUTDOWN + "graceful-timeout=1s")) {
            assertThat(application.getNow("/q/health/ready").statusCode()).isEqualTo(200);
            application.signal("TERM");
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> application.getNow("/q/health/ready").statusCode() == 503);
            assertThat(application.getNow("/q/health/ready").body().replaceAll("\\s", "")).contains(
                    "\"name\":\"proc-daemon/journal\",\"status\":\"DOWN\",\"data\":{\"state\":\"RUNNING\"");
            assertThat(application.getNow("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(application.getNow("/plain").body()).isEqualTo("plain");
            // The second is a second after the first, so the graceful time would be almost over.
            application.awaitLine("trace: " + SKIPPED + "RUNNING, 2");
            assertThat(application.exitCode()).isEqualTo(143);
            assertThat(trace(application)).containsExactly("journal stops");
        }
    }

    @Test
    void withoutSignalsTheApplicationGoesOn() throws Exception {
        try (RunningJar application = start("-Xrs")) {
            assertThat(application.lines("cannot be handled").map(line -> line.replaceFirst(".*The signal", "The signal")))
                    .containsExactly(refused("HUP"), refused("INT"), refused("TERM"));
            assertThat(application.getNow("/plain").body()).isEqualTo("plain");
            assertThat(application.getNow("/shutdown").statusCode()).isEqualTo(200);
            assertThat(application.exitCode()).isEqualTo(3);
            assertThat(trace(application)).containsExactly("journal stops");
        }
    }

    private static String refused(String signal) {
        return "The signal " + signal + " cannot be handled (Signal already used by VM or OS: SIG" + signal
                + ") and is left to the JVM; usual causes are -Xrs on the command line and signals that the JVM uses itself";
    }

    @Test
    void aSignalThatWasIgnoredStaysIgnored() throws Exception {
        try (RunningJar application = RunningJar.start(
                List.of("env", "--default-signal=HUP", "sh", "-c", "trap '' INT; exec \"$@\"", "sh"),
                build.getBuiltArtifactPath())) {
            assertThat(application.lines("was ignored")).singleElement().asString().contains("INFO").endsWith(
                    "The signal INT was ignored when the process started (as under nohup, or in the background of a script)"
                            + " and stays ignored");
            application.signal("INT");
            assertThat(application.getNow("/plain").body()).isEqualTo("plain");
            application.signal("TERM");
            assertThat(application.exitCode()).isEqualTo(143);
            assertThat(trace(application)).containsExactly("journal stops");
        }
    }

    @Test
    void aHandlerThatTheApplicationInstallsLaterTakesItsSignalOver() throws Exception {
        try (RunningJar application = start()) {
            assertThat(application.getNow("/own-handler").statusCode()).isEqualTo(200);
            application.signal("TERM");
            application.awaitLine("trace: own handler of TERM");
            assertThat(application.getNow("/q/health/ready").statusCode()).isEqualTo(200);
            application.signal("INT");
            assertThat(application.exitCode()).isEqualTo(130);
            assertThat(trace(application)).containsExactly("own handler of TERM", "journal stops");
        }
    }
}
