package io.quarkiverse.procdaemon.deployment.health;

import static org.hamcrest.Matchers.empty;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

@Tag("any-jdk")
class HealthDisabledTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.health())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Journal.class))
            .overrideConfigKey("quarkus.proc-daemon.health.enabled", "false");

    @Subsystem
    static class Journal {
    }

    @Test
    void addsNoCheck() {
        RestAssured.get("/q/health").then().statusCode(200).body("checks", empty());
    }
}
