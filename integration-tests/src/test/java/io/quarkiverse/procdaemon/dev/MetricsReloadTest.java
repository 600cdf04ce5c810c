package io.quarkiverse.procdaemon.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.process.FreePort;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/** After a live reload the meters are those of the new application, from zero. */
@Tag("any-jdk")
class MetricsReloadTest {

    // 1 up, 8 states, 2 of restarts to come, 1 of an outage, 1 of heartbeats, 1 of work in flight, 2 counters, 2 timers of 3.
    private static final int SERIES = 22;
    private static final int HTTP_PORT = FreePort.any();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Flaky.class)
                    .addAsResource(new StringAsset("quarkus.http.port=" + HTTP_PORT), "application.properties"));

    @Test
    void theMetersStartFromZero() {
        awaitFailed("flaky");

        APPLICATION.modifySourceFile(Flaky.class, source -> source.replace("MENDED = false", "MENDED = true"));
        awaitScrape("proc_daemon_subsystem_next_attempt_seconds{subsystem=\"flaky\",} NaN",
                "proc_daemon_subsystem_heartbeat_age_seconds{subsystem=\"flaky\",} NaN",
                "proc_daemon_subsystem_restarts_left{subsystem=\"flaky\",} 10.0",
                "proc_daemon_subsystem_start_seconds_count{subsystem=\"flaky\",} 1.0",
                "proc_daemon_subsystem_state{state=\"RUNNING\",subsystem=\"flaky\",} 1.0",
                "proc_daemon_subsystem_up{subsystem=\"flaky\",} 1.0");

        APPLICATION.modifySourceFile(Flaky.class, source -> source.replace("MENDED = true", "MENDED = false"));
        awaitFailed("flaky");

        APPLICATION.modifySourceFile(Flaky.class, source -> source.replace("\"flaky\"", "\"renamed\""));
        awaitFailed("renamed");
    }

    private static void awaitFailed(String name) {
        awaitScrape("proc_daemon_subsystem_next_attempt_seconds{subsystem=\"" + name + "\",} NaN",
                "proc_daemon_subsystem_heartbeat_age_seconds{subsystem=\"" + name + "\",} NaN",
                "proc_daemon_subsystem_failures_total{subsystem=\"" + name + "\",} 1.0",
                "proc_daemon_subsystem_start_seconds_count{subsystem=\"" + name + "\",} 1.0",
                "proc_daemon_subsystem_state{state=\"FAILED\",subsystem=\"" + name + "\",} 1.0");
    }

    /** Waits until exactly these are not zero, besides how long things took. */
    private static void awaitScrape(String... lines) {
        await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
            List<String> series = RestAssured.given().port(HTTP_PORT).accept("text/plain").get("/q/metrics").asString().lines()
                    .filter(line -> line.startsWith("proc_daemon_subsystem_")).toList();
            assertThat(series).filteredOn(line -> !line.endsWith(" 0.0") && !line.matches(".*_seconds_(sum|max).*"))
                    .containsExactlyInAnyOrder(lines);
            assertThat(series).hasSize(SERIES);
        });
    }
}
