package io.quarkiverse.procdaemon.devmode;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** A test of the application, which continuous testing runs; not Surefire, because of its name. */
@QuarkusTest
public class PollerET {

    @Inject
    Daemon daemon;

    @Test
    void answers() {
        assertThat(RestAssured.get("/poller").asString()).startsWith("version 0, ");
    }

    @Test
    void restarts() throws Exception {
        daemon.restart("poller").toCompletableFuture().get();
        assertThat(daemon.state()).isEqualTo(DaemonState.RUNNING);
        assertThat(daemon.subsystems()).extracting(SubsystemInfo::generation).containsExactly(2L, 2L);
    }
}
