package io.quarkiverse.procdaemon.deployment.health;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/** A subsystem registered through the API has a readiness check until it is unregistered. */
class RegisteredHealthTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.health())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Journal.class, Temporary.class));

    @Subsystem
    static class Journal {
    }

    @Subsystem
    static class Temporary {
    }

    @Inject
    Daemon daemon;

    @Test
    void comesAndGoesWithIt() throws Exception {
        done(daemon.newSubsystem("late").dependsOn("journal").run(ShutdownHandle::await).register());
        awaitNames(hasItems("proc-daemon/journal", "proc-daemon/late"));
        RestAssured.get("/q/health/ready").then().statusCode(200);

        done(daemon.stop("journal"));
        Awaitility.await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> RestAssured.get("/q/health/ready").then()
                .statusCode(503).root("checks.find { it.name == 'proc-daemon/late' }")
                .body("status", is("DOWN"), "data.state", is("WAITING"),
                        "data.reason", is("waits for 'journal', which is STOPPED")));

        done(daemon.start("journal"));
        done(daemon.unregister("late"));
        awaitNames(not(hasItem("proc-daemon/late")));
        RestAssured.get("/q/health/ready").then().statusCode(200);
    }

    @Test
    void thatOfTheBuildGoesWithItToo() throws Exception {
        done(daemon.unregister("temporary"));
        awaitNames(containsInAnyOrder("proc-daemon/journal"));
    }

    private static void done(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void awaitNames(Matcher<?> names) {
        Awaitility.await().atMost(10, TimeUnit.SECONDS)
                .untilAsserted(() -> RestAssured.get("/q/health/ready").then().body("checks.name", names));
    }
}
