package io.quarkiverse.procdaemon.deployment.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/** What the process uses, as meters. */
class ResourceMetersTest {

    private static final String P = "proc_daemon_resource_";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.metrics())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Some.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.resources.interval", "20ms")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.resources.memory-soft-limit", "1");

    @Subsystem
    static class Some {
    }

    private static List<String> scrape() {
        return RestAssured.given().accept("text/plain").get("/q/metrics").asString().lines()
                .filter(line -> line.startsWith(P)).map(line -> line.replace(",}", "}")).toList();
    }

    @Test
    void theyShowTheLastSample() {
        Awaitility.await().untilAsserted(() -> assertThat(scrape()).contains(P + "limit_exceeded{resource=\"memory\"} 1.0"));
        List<String> series = scrape();
        assertThat(series).extracting(line -> line.split(" ")[0]).containsExactlyInAnyOrder(P + "memory_bytes",
                P + "memory_limit_bytes", P + "heap_bytes", P + "heap_max_bytes", P + "cpu", P + "threads", P + "fds",
                P + "fds_max", P + "limit_exceeded{resource=\"memory\"}", P + "limit_exceeded{resource=\"heap\"}");
        assertThat(series).contains(P + "limit_exceeded{resource=\"heap\"} 0.0")
                .allSatisfy(line -> assertThat(Double.valueOf(line.split(" ")[1])).isNotEqualTo(-1));
        for (String known : List.of("memory_bytes", "heap_bytes", "heap_max_bytes", "threads", "fds", "fds_max")) {
            assertThat(series).anySatisfy(line -> {
                assertThat(line).startsWith(P + known + " ");
                assertThat(Double.parseDouble(line.split(" ")[1])).isPositive();
            });
        }
    }
}
