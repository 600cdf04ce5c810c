package io.quarkiverse.procdaemon.extension.deployment;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItems;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.extension.Listener;
import io.quarkiverse.procdaemon.extension.Trace;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;

/** What another extension contributes is supervised as what is annotated. */
@Tag("any-jdk")
class ContributedSubsystemsTest {

    private static final String KEY = "quarkus.proc-daemon.subsystem.";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-vertx-http", Version.getVersion()),
                    Dependency.of("io.quarkus", "quarkus-smallrye-health", Version.getVersion())))
            .withApplicationRoot(jar -> jar.addClasses(Journal.class, Front.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.name", "acme")
            .overrideRuntimeConfigKey("quarkus.log.category.\"io.quarkiverse.procdaemon\".level", "OFF")
            .overrideRuntimeConfigKey(KEY + "restart.initial-delay", "1ms")
            .overrideRuntimeConfigKey(KEY + "restart.max-restarts", "-1")
            .overrideRuntimeConfigKey(KEY + "\"acme-poller\".critical", "false")
            .overrideRuntimeConfigKey(KEY + "\"acme-cache\".restart.policy", "always");

    @Subsystem("journal")
    static class Journal {

        @Inject
        Trace trace;

        @OnStart
        void open(SubsystemContext context) {
            trace.start(context);
        }

        @OnStop
        void close(SubsystemContext context) {
            trace.stop(context);
        }
    }

    @Subsystem(value = "front", dependsOnNames = "acme-poller")
    static class Front {

        @Inject
        Trace trace;

        @OnStart
        void open(SubsystemContext context) {
            trace.start(context);
        }

        @OnStop
        void close(SubsystemContext context) {
            trace.stop(context);
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Trace trace;

    @Inject
    Listener listener;

    private int before;

    @BeforeEach
    void remember() {
        before = trace.after(0).size();
    }

    private void awaitTrace(String... entries) {
        await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> assertThat(trace.after(before)).containsExactly(entries));
        await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> assertThat(daemon.subsystems())
                .extracting(SubsystemInfo::state).containsOnly(SubsystemState.RUNNING));
    }

    private SubsystemInfo info(String name) {
        return daemon.subsystem(name).orElseThrow();
    }

    private static void get(CompletionStage<Void> done) throws Exception {
        done.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void startInOrderWithTheAnnotatedOnes() {
        assertThat(trace.after(0)).startsWith("start journal", "start acme-cache", "start acme-poller", "start front");
        assertThat(daemon.subsystems()).extracting(SubsystemInfo::name)
                .containsExactly("journal", "acme-cache", "acme-poller", "front");
        assertThat(info("acme-cache").dependsOn()).containsExactly("journal");
        assertThat(info("acme-cache").dependents()).containsExactly("acme-poller");
        assertThat(info("acme-poller").dependents()).containsExactly("front");
    }

    @Test
    void codeOfARecorderIsRestartedAfterACrashWithItsDependents() {
        trace.context("acme-cache").fail(new IllegalStateException("cold"));
        awaitTrace("stop front", "stop acme-poller", "stop acme-cache", "start acme-cache", "start acme-poller",
                "start front");
        assertThat(info("acme-cache").lastFailure().orElseThrow().message()).isEqualTo("cold");
    }

    @Test
    void aBeanIsRestartedAfterACrashWithItsDependents() {
        trace.context("acme-poller").fail(new IllegalStateException("dazed"));
        awaitTrace("stop front", "stop acme-poller", "start acme-poller", "start front");
        assertThat(info("acme-poller").lastFailure().orElseThrow().message()).isEqualTo("dazed");
    }

    @Test
    void stopInReverse() throws Exception {
        get(daemon.stop("journal"));
        assertThat(trace.after(before)).containsExactly("stop front", "stop acme-poller", "stop acme-cache", "stop journal");
        for (String name : List.of("journal", "acme-cache", "acme-poller", "front")) {
            get(daemon.start(name));
        }
    }

    @Test
    void haveTheSameKeys() {
        assertThat(info("acme-poller").critical()).as("configured").isFalse();
        assertThat(info("acme-poller").restart()).as("contributed").isEqualTo(RestartPolicy.ALWAYS);
        assertThat(info("acme-cache").critical()).as("default").isTrue();
        assertThat(info("acme-cache").restart()).as("configured").isEqualTo(RestartPolicy.ALWAYS);
    }

    @Test
    void haveReadinessChecks() {
        when().get("/q/health/ready").then().statusCode(200).body("checks.name", hasItems("proc-daemon/journal",
                "proc-daemon/acme-cache", "proc-daemon/acme-poller", "proc-daemon/front"));
    }

    @Test
    void aListenerHearsOfAllThoughItThrowsEachTime() {
        await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> assertThat(listener.heard())
                .startsWith(heard("Waiting journal")).containsSubsequence(heard("Started journal"),
                        heard("Started acme-cache"), heard("Started acme-poller"), heard("Started front")));
    }

    private static String heard(String event) {
        return event + " of acme on proc-daemon-events";
    }
}
