package io.quarkiverse.procdaemon.deployment.health;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;

class HealthTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.health())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Journal.class, Optional.class, Talkative.class,
                    Later.class, Off.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.\"later\".restart.initial-delay", "1h")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.\"later\".restart.max-delay", "1h")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.\"later\".restart.jitter", "0")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.\"off\".enabled", "false");

    @Subsystem
    static class Journal {
    }

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class Optional {
        @Run
        void run() {
            throw new IllegalStateException("no luck");
        }
    }

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class Talkative {
        @Run
        void run() {
            throw new IllegalStateException("no luck\nstatus: UP\u001b[2J" + "x".repeat(2 << 20));
        }
    }

    @Subsystem(critical = false)
    static class Later {
        @Run
        void run() {
            throw new IllegalStateException("not now");
        }
    }

    @Subsystem
    static class Off {
    }

    @Inject
    Daemon daemon;

    @AfterEach
    void putBack() throws Exception {
        daemon.resume();
        daemon.start("journal").toCompletableFuture().get(10, TimeUnit.SECONDS);
        awaitState(DaemonState.RUNNING);
    }

    @Test
    void livenessAndStartupHaveOneCheckEach() {
        health("live", 200).body("checks.name", contains("proc-daemon"), "checks.status", contains("UP"));
        health("started", 200).body("checks.name", contains("proc-daemon"), "checks.status", contains("UP"));
    }

    @Test
    void readinessHasOneCheckForEachSubsystemWithItsData() {
        awaitState("optional", SubsystemState.FAILED);
        awaitState("later", SubsystemState.RESTARTING);
        SubsystemInfo later = daemon.subsystem("later").orElseThrow();
        health("ready", 200)
                .body("checks.name", containsInAnyOrder("proc-daemon/journal", "proc-daemon/optional", "proc-daemon/talkative",
                        "proc-daemon/later", "proc-daemon/off"))
                .root("checks.find { it.name == 'proc-daemon/journal' }")
                .body("status", is("UP"), "data.state", is("RUNNING"), "data.since", notNullValue(),
                        "data.generation", notNullValue(), "data.restarts", equalTo(0), "data.lastFailure", nullValue(),
                        "data.restartsLeft", equalTo(10), "data.nextAttempt", nullValue())
                .root("checks.find { it.name == 'proc-daemon/optional' }")
                .body("status", is("UP"), "data.state", is("FAILED"),
                        "data.lastFailure", is("IllegalStateException: no luck"), "data.restartsLeft", equalTo(0),
                        "data.nextAttempt", nullValue())
                .root("checks.find { it.name == 'proc-daemon/later' }")
                .body("status", is("UP"), "data.state", is("RESTARTING"), "data.restartsLeft", equalTo(9),
                        "data.nextAttempt", is(later.since().plusSeconds(3600).toString()))
                .root("checks.find { it.name == 'proc-daemon/off' }")
                .body("status", is("UP"), "data.state", is("DISABLED"));
    }

    @Test
    void aLongMessageWithControlCharactersIsCutAndEscaped() {
        Awaitility.await().atMost(10, TimeUnit.SECONDS)
                .until(() -> daemon.subsystem("talkative").orElseThrow().state() == SubsystemState.FAILED);
        String start = "IllegalStateException: no luck\\nstatus: UP\\u001b[2Jxxx";
        String cut = start + "x".repeat(499 - start.length()) + "…";
        health("ready", 200).root("checks.find { it.name == 'proc-daemon/talkative' }")
                .body("data.lastFailure", is(cut), "data.reason", is(cut));
    }

    @Test
    void aStoppedCriticalSubsystemIsNotReadyButAlive() throws Exception {
        daemon.stop("journal").toCompletableFuture().get(10, TimeUnit.SECONDS);
        health("ready", 503).root("checks.find { it.name == 'proc-daemon/journal' }")
                .body("status", is("DOWN"), "data.state", is("STOPPED"));
        health("live", 200).body("status", is("UP"));
        health("started", 200).body("status", is("UP"));
    }

    @Test
    void drainingTakesReadinessDownAndNothingElse() {
        daemon.drain();
        awaitState(DaemonState.DRAINING);
        health("ready", 503)
                .root("checks.find { it.name == 'proc-daemon/journal' }")
                .body("status", is("DOWN"), "data.state", is("RUNNING"))
                .root("checks.find { it.name == 'proc-daemon/optional' }").body("status", is("UP"));
        health("live", 200).body("status", is("UP"));
    }

    private void awaitState(String subsystem, SubsystemState state) {
        Awaitility.await().atMost(10, TimeUnit.SECONDS)
                .until(() -> daemon.subsystem(subsystem).orElseThrow().state() == state);
    }

    private void awaitState(DaemonState state) {
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> daemon.state() == state);
    }

    private static ValidatableResponse health(String kind, int status) {
        return RestAssured.get("/q/health/" + kind).then().statusCode(status);
    }
}
