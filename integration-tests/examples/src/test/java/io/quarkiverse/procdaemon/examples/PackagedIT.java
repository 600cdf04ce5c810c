package io.quarkiverse.procdaemon.examples;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.hasItem;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusIntegrationTest
@TestProfile(PackagedIT.AnyPort.class)
class PackagedIT {

    public static class AnyPort implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            // What is set for %test does not apply to the packaged application.
            return Map.of("receiver.port", "0", "quarkus.http.test-port", "0");
        }
    }

    @Test
    void isReady() throws Exception {
        get("/q/health/ready").then().statusCode(200).body("checks.name", hasItem("proc-daemon/receiver"));

        int port = Integer.parseInt(get("/port").asString());
        Orders.send("10 apples", port);
    }
}
