package io.quarkiverse.procdaemon.deployment.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/** One life, scraped on the way: what a test finds is what the one before it left. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MetricsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.metrics())
            .withApplicationRoot(
                    jar -> jar.addClasses(Extensions.class, Scrape.class, Journal.class, Fragile.class, Off.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.\"off\".enabled", "false");

    @Subsystem
    static class Journal {
    }

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class Fragile {
        final CountDownLatch fail = new CountDownLatch(1);

        @Run
        void run() throws InterruptedException {
            fail.await();
            throw new IllegalStateException("no luck");
        }
    }

    @Subsystem
    static class Off {
    }

    @Inject
    Daemon daemon;

    @Inject
    Fragile fragile;

    @Test
    @Order(1)
    void theFirstScrapeHasEverySeriesOfEveryEnabledSubsystem() {
        // The state is read at once; counters follow the events.
        assertThat(Scrape.now()).containsOnlyKeys(all(running("journal"), running("fragile")).keySet())
                .contains(up("journal", 1), up("fragile", 1), runs("journal", 1), runs("fragile", 1));
        awaitScrape(running("journal"), running("fragile"));
    }

    @Test
    @Order(2)
    void aFailureIsCountedAndTheStateIsFailed() {
        fragile.fail.countDown();
        awaitScrape(running("journal"), Scrape.expected("fragile", "FAILED", 1, 1, 0));
    }

    @Test
    @Order(3)
    void aStopAndAStartByHandAreTimed() throws Exception {
        daemon.stop("journal").toCompletableFuture().get(10, TimeUnit.SECONDS);
        awaitScrape(Scrape.expected("journal", "STOPPED", 0, 1, 1), Scrape.expected("fragile", "FAILED", 1, 1, 0));
        daemon.start("journal").toCompletableFuture().get(10, TimeUnit.SECONDS);
        awaitScrape(Scrape.expected("journal", "RUNNING", 0, 2, 1), Scrape.expected("fragile", "FAILED", 1, 1, 0));
    }

    @Test
    @Order(4)
    void theyAreOfTheirTypesAndSayWhatTheyAre() {
        assertThat(RestAssured.given().accept("text/plain").get("/q/metrics").asString().lines()).contains(
                "# HELP proc_daemon_subsystem_up 1 while the subsystem is RUNNING, else 0",
                "# TYPE proc_daemon_subsystem_up gauge",
                "# HELP proc_daemon_subsystem_state 1 for the current state of the subsystem, 0 for every other",
                "# TYPE proc_daemon_subsystem_state gauge",
                "# HELP proc_daemon_subsystem_restarts_left The restarts left before the subsystem has failed permanently; NaN if"
                        + " there is no limit",
                "# TYPE proc_daemon_subsystem_restarts_left gauge",
                "# HELP proc_daemon_subsystem_next_attempt_seconds The time of the next start of the subsystem, in seconds since"
                        + " 1970; NaN if none is due",
                "# TYPE proc_daemon_subsystem_next_attempt_seconds gauge",
                "# HELP proc_daemon_subsystem_outage_seconds How long something that the subsystem needs has been unavailable; 0 if"
                        + " nothing is",
                "# TYPE proc_daemon_subsystem_outage_seconds gauge",
                "# HELP proc_daemon_subsystem_restarts_total Automatic restarts of the subsystem",
                "# TYPE proc_daemon_subsystem_restarts_total counter",
                "# HELP proc_daemon_subsystem_failures_total Failures of the subsystem while it started, ran or cleaned up",
                "# TYPE proc_daemon_subsystem_failures_total counter",
                "# HELP proc_daemon_subsystem_start_seconds The time until the subsystem was RUNNING",
                "# TYPE proc_daemon_subsystem_start_seconds summary",
                "# HELP proc_daemon_subsystem_stop_seconds The duration of clean stops of the subsystem",
                "# TYPE proc_daemon_subsystem_stop_seconds summary");
    }

    private static Map<String, Double> running(String subsystem) {
        return Scrape.expected(subsystem, "RUNNING", 0, 1, 0);
    }

    private static Map.Entry<String, Double> up(String subsystem, double value) {
        return Map.entry("proc_daemon_subsystem_up{subsystem=\"" + subsystem + "\"}", value);
    }

    private static Map.Entry<String, Double> runs(String subsystem, double value) {
        return Map.entry("proc_daemon_subsystem_state{state=\"RUNNING\",subsystem=\"" + subsystem + "\"}", value);
    }

    @SafeVarargs
    private static Map<String, Double> all(Map<String, Double>... series) {
        Map<String, Double> all = new TreeMap<>();
        Arrays.stream(series).forEach(all::putAll);
        return all;
    }

    // Events take their time.
    @SafeVarargs
    private static void awaitScrape(Map<String, Double>... series) {
        Awaitility.await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Scrape.now()).isEqualTo(all(series)));
    }
}
