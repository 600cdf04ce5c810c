package io.quarkiverse.procdaemon.deployment.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.UnavailableException;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/** During an outage a poller is not ready, even while it is RUNNING, until a call has succeeded. */
class OutageReadinessTest {

    private static final String PATH = "checks.find { it.name == 'proc-daemon/poller' }";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.health())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Poller.class, Outages.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.restart.stable-after", "0")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.restart.max-restarts", "0")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.restart.max-delay", "100ms");

    @Subsystem
    static class Poller {

        static volatile boolean available = true;
        static volatile boolean hangs;
        static volatile int succeeded;
        static final CountDownLatch RELEASED = new CountDownLatch(1);

        @Run(every = "1ms")
        void poll(SubsystemContext context) throws InterruptedException {
            if (hangs) {
                RELEASED.await();
            }
            if (!available) {
                throw new UnavailableException("no sink");
            }
            succeeded++;
        }
    }

    @Singleton
    static class Outages {

        final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

        void began(@Observes SubsystemEvent.OutageBegan event) {
            heard.add("began: " + event.reason());
        }

        void ended(@Observes SubsystemEvent.OutageEnded event) {
            heard.add("ended: " + event.recovered());
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Outages outages;

    @Test
    void itIsDownUntilACallHasSucceeded() {
        Awaitility.await().until(() -> Poller.succeeded > 0);
        Poller.available = false;
        Awaitility.await().until(() -> info().restarts() > 2);
        RestAssured.get("/q/health/ready").then().statusCode(503).root(PATH).body("status", is("DOWN"), "data.reason",
                startsWith("what it needs has been unavailable for "), "data.lastFailure",
                is("UnavailableException: no sink"));

        Poller.hangs = true;
        Awaitility.await().until(() -> info().state() == SubsystemState.RUNNING);
        RestAssured.get("/q/health/ready").then().statusCode(503).root(PATH).body("status", is("DOWN"), "data.state",
                is("RUNNING"), "data.reason", startsWith("what it needs has been unavailable for "));

        Poller.available = true;
        Poller.hangs = false;
        Poller.RELEASED.countDown();
        Awaitility.await().until(() -> info().reason().isEmpty());
        RestAssured.get("/q/health/ready").then().statusCode(200).root(PATH).body("status", is("UP"), "data.reason",
                nullValue());
        Awaitility.await().untilAsserted(() -> assertThat(outages.heard).containsExactlyElementsOf(
                List.of("began: UnavailableException: no sink", "ended: true")));
    }

    private SubsystemInfo info() {
        return daemon.subsystem("poller").orElseThrow();
    }
}
