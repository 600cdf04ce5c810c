package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;
import io.smallrye.config.ConfigMapping;

/** Meters count reloads, and readiness tells of one that was rejected until one is not, without ever going down. */
class VisibleReloadTest {

    private static final ConfigFile FILE = ConfigFile.of("VisibleReloadTest", "lines.max=1");

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().setForcedDependencies(Extensions.healthAndMetrics())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, ConfigFile.class, Lines.class, Some.class))
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.location())
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.debounce", "1h");

    @ConfigMapping(prefix = "lines")
    interface Lines {

        int max();
    }

    @Subsystem
    static class Some {

        @Inject
        LiveConfig<Lines> lines;
    }

    @Inject
    Daemon daemon;

    @Test
    void reloadsCanBeWatched() throws Exception {
        assertThat(ready()).isEqualTo(Map.of("proc-daemon/some", "UP"));
        awaitMeters(0, 0, 0, 1);
        assertThat(meter("proc_daemon_reload_last_success_seconds")).isZero();

        FILE.write("lines.max=many");
        reload();
        awaitMeters(0, 0, 1, 1);
        Awaitility.await().untilAsserted(
                () -> assertThat(ready()).isEqualTo(Map.of("proc-daemon/some", "UP", "proc-daemon", "UP")));
        Map<String, Object> data = RestAssured.get("/q/health/ready").then().extract()
                .path("checks.find { it.name == 'proc-daemon' }.data");
        assertThat(data).containsEntry("reload", "REJECTED").containsEntry("epoch", 1).containsKey("since");
        assertThat((String) data.get("problems")).startsWith(FILE.name() + ":1: The config property lines.max");

        long before = Instant.now().getEpochSecond();
        FILE.write("lines.max=2");
        reload();
        awaitMeters(1, 0, 1, 2);
        assertThat(meter("proc_daemon_reload_last_success_seconds")).isGreaterThanOrEqualTo(before);
        Awaitility.await().untilAsserted(() -> assertThat(ready()).isEqualTo(Map.of("proc-daemon/some", "UP")));

        reload();
        awaitMeters(1, 1, 1, 2);
    }

    private void reload() throws Exception {
        daemon.reload().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static Map<String, String> ready() {
        Map<String, String> checks = new TreeMap<>();
        RestAssured.get("/q/health/ready").then().statusCode(200).extract().jsonPath().getList("checks", Map.class)
                .forEach(check -> checks.put((String) check.get("name"), (String) check.get("status")));
        return checks;
    }

    private static void awaitMeters(int applied, int unchanged, int rejected, int epoch) {
        Awaitility.await().untilAsserted(() -> {
            assertThat(meter("proc_daemon_reload_total{result=\"applied\"}")).isEqualTo(applied);
            assertThat(meter("proc_daemon_reload_total{result=\"unchanged\"}")).isEqualTo(unchanged);
            assertThat(meter("proc_daemon_reload_total{result=\"rejected\"}")).isEqualTo(rejected);
            assertThat(meter("proc_daemon_config_epoch")).isEqualTo(epoch);
        });
    }

    private static double meter(String series) {
        return RestAssured.given().accept("text/plain").get("/q/metrics").asString().lines()
                .map(line -> line.replace(",}", "}")).filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1))).findFirst().orElse(-1);
    }
}
