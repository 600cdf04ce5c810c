package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.OnReload;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkus.arc.Unremovable;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** Every scope, parameter and return type that is allowed, in an application that has this extension and no other. */
class InvocationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Trace.class, Plain.class, Scoped.class, Inherited.class, Base.class,
                    Loose.class, Bare.class));

    @Subsystem
    static class Plain {

        @Inject
        Trace trace;

        @Inject
        Daemon daemon;

        @OnStart
        void open() {
            trace.add("plain starts in " + daemon.name());
        }

        @Run
        void run(ShutdownHandle shutdown) throws InterruptedException {
            trace.add("plain runs");
            shutdown.await();
            trace.add("plain ends");
        }

        @OnStop
        void close(SubsystemContext context) {
            trace.add("plain stops " + context.name() + " " + context.generation());
        }

        @Healthy
        boolean well() {
            return true;
        }

        @OnReload
        void reload(ConfigChange change) {
        }
    }

    @ApplicationScoped
    @Subsystem(dependsOn = Plain.class)
    static class Scoped {

        @Inject
        Trace trace;

        @OnStart
        Uni<String> open(SubsystemContext context) {
            return Uni.createFrom().item(() -> {
                trace.add("scoped starts");
                return "";
            });
        }

        @Run
        CompletionStage<Void> run(ShutdownHandle shutdown) {
            return shutdown.whenShutdown().thenAccept(reason -> trace.add("scoped ends"));
        }

        @OnStop
        CompletableFuture<Void> close() {
            return CompletableFuture.runAsync(() -> trace.add("scoped stops"));
        }

        @Healthy
        Uni<Boolean> well() {
            return Uni.createFrom().item(true);
        }

        @OnReload
        Uni<Void> reload() {
            return Uni.createFrom().voidItem();
        }
    }

    abstract static class Base {

        @Inject
        Trace trace;

        @OnStart
        protected void open() {
            trace.add("inherited starts");
        }

        @OnStop
        public void close() {
            trace.add("overridden");
        }
    }

    @Subsystem(dependsOnNames = "scoped")
    static class Inherited extends Base {

        @Override
        @OnStop
        public void close() {
            trace.add("inherited stops");
        }
    }

    @Dependent
    @Subsystem(dependsOn = Inherited.class)
    static class Loose {

        @Inject
        Trace trace;

        @OnStart
        void open() {
            trace.add("loose starts " + System.identityHashCode(this));
        }

        @OnStop
        void close() {
            trace.add("loose stops " + System.identityHashCode(this));
        }

        @PreDestroy
        void destroy() {
            trace.add("loose is destroyed");
        }
    }

    @Subsystem
    @Unremovable
    static class Bare {
    }

    @Inject
    Daemon daemon;

    @Inject
    Trace trace;

    @Test
    void callsEveryMethodOnTheOneBean() throws Exception {
        assertThat(daemon.state()).isEqualTo(DaemonState.RUNNING);
        assertThat(daemon.subsystems()).extracting(SubsystemInfo::name)
                .containsExactlyInAnyOrder("bare", "plain", "scoped", "inherited", "loose")
                .containsSubsequence("plain", "scoped", "inherited", "loose");
        assertThat(daemon.subsystems()).extracting(SubsystemInfo::state).containsOnly(SubsystemState.RUNNING);
        await().atMost(10, TimeUnit.SECONDS).until(() -> trace.entries().contains("plain runs"));

        daemon.stop("plain").toCompletableFuture().get(10, TimeUnit.SECONDS);

        String loose = trace.entries().stream().filter(entry -> entry.startsWith("loose starts ")).findFirst().orElseThrow()
                .substring("loose starts ".length());
        assertThat(trace.entries()).containsSubsequence("plain starts in " + daemon.name(), "scoped starts",
                "inherited starts", "loose starts " + loose, "loose stops " + loose, "inherited stops", "scoped ends",
                "scoped stops", "plain ends", "plain stops plain 1");
        assertThat(trace.entries()).doesNotContain("overridden");
    }
}
