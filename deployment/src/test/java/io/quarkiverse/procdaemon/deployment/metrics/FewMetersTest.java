package io.quarkiverse.procdaemon.deployment.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/** Run-time keys decide how many series there are; they are read at the start. */
class FewMetersTest {

    private static final String STATE = "quarkus.proc-daemon.metrics.state";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.metrics())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Journal.class, Extra.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.metrics.per-subsystem", "critical")
            .overrideRuntimeConfigKey(STATE, "number");

    @Subsystem
    static class Journal {
    }

    @Subsystem(critical = false)
    static class Extra {
    }

    @Inject
    Daemon daemon;

    private static List<String> scrape() {
        return RestAssured.given().accept("text/plain").get("/q/metrics").asString().lines()
                .filter(line -> line.startsWith("proc_daemon_")).map(line -> line.replace(",}", "}")).toList();
    }

    @Test
    void onlyTheCriticalOneHasMetersAndItsStateIsANumber() throws Exception {
        int late = 15 + 33;
        assertThat(scrape()).hasSize(late).contains("proc_daemon_subsystem_state_number{subsystem=\"journal\"} 3.0",
                "proc_daemon_subsystems{state=\"RUNNING\"} 2.0").noneMatch(line -> line.contains("extra"))
                .noneMatch(line -> line.startsWith("proc_daemon_subsystem_state{"));
        daemon.newSubsystem("late").critical(true).register().toCompletableFuture().get(20, TimeUnit.SECONDS);
        daemon.newSubsystem("later").critical(false).register().toCompletableFuture().get(20, TimeUnit.SECONDS);
        Awaitility.await().untilAsserted(() -> assertThat(scrape()).hasSize(late + 15)
                .contains("proc_daemon_subsystem_up{subsystem=\"late\"} 1.0", "proc_daemon_subsystems{state=\"RUNNING\"} 4.0"));
    }

    @Test
    void aChangeRequiresARestart() throws Exception {
        System.setProperty(STATE, "series");
        try {
            ReloadResult result = daemon.reload().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(result.requiresRestart()).containsExactly(STATE);
        } finally {
            System.clearProperty(STATE);
        }
    }

    @Test
    void aWrongValueIsRejected() throws Exception {
        System.setProperty(STATE, "colour");
        try {
            ReloadResult result = daemon.reload().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(result.status()).isEqualTo(ReloadResult.Status.REJECTED);
            assertThat(result.problems()).singleElement().asString().contains(STATE, "colour", "series", "number");
        } finally {
            System.clearProperty(STATE);
        }
    }
}
