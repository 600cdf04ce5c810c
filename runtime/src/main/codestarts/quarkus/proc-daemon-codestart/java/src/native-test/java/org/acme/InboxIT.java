package org.acme;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class InboxIT {

    @Test
    void isReady() {
        when().get("/q/health/ready").then()
                .statusCode(200)
                .body("checks.find { it.name == 'proc-daemon/inbox' }.data.state", is("RUNNING"));
    }
}
