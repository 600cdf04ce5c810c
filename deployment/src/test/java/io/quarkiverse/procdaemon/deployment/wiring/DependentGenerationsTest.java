package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkus.test.QuarkusUnitTest;

/** A {@code @Dependent} subsystem is a new bean for each generation, destroyed when that has ended. */
class DependentGenerationsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Trace.class, Gateway.class, Part.class, Broken.class, Silent.class,
                    Kept.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.restart.initial-delay", "1ms")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.restart.max-restarts", "1")
            .overrideRuntimeConfigKey("gateway.port", "1");

    @Dependent
    static class Part {

        @Inject
        Trace trace;

        private String owner = "";

        Part of(String name) {
            owner = name;
            return this;
        }

        @PreDestroy
        void destroy() {
            trace.add(owner + " part destroyed");
        }
    }

    @Dependent
    @Subsystem(restartOn = "gateway")
    static class Gateway {

        private final Trace trace;
        private final int port;

        @Inject
        Gateway(Trace trace, Part part, @ConfigProperty(name = "gateway.port") int port) {
            this.trace = trace;
            this.port = port;
            part.of("gateway");
        }

        @OnStart
        void bind() {
            trace.add("gateway binds " + port);
        }

        @Run
        void serve(SubsystemContext context) throws InterruptedException {
            context.fork("child", () -> {
                context.await();
                trace.add("gateway child ends " + port);
            });
            context.await();
        }

        @OnStop
        CompletionStage<Void> unbind() {
            return CompletableFuture.runAsync(() -> trace.add("gateway unbinds " + port));
        }

        @PreDestroy
        void destroy() {
            trace.add("gateway destroyed " + port);
        }
    }

    /** Its start fails half-way, and so does its clean-up. */
    @Dependent
    @Subsystem(critical = false)
    static class Broken {

        @Inject
        Trace trace;

        @OnStart
        void start() {
            trace.add("broken starts");
            throw new IllegalStateException("half-way");
        }

        @OnStop
        void stop() {
            trace.add("broken stops");
            throw new IllegalStateException("dirty");
        }

        @PreDestroy
        void destroy() {
            trace.add("broken destroyed");
        }
    }

    /** Without a clean-up. */
    @Dependent
    @Subsystem
    static class Silent {

        @Inject
        Trace trace;

        @PreDestroy
        void destroy() {
            trace.add("silent destroyed");
        }
    }

    /** Not {@code @Dependent}. */
    @Subsystem
    static class Kept {

        @Inject
        Trace trace;

        @OnStart
        void start() {
            trace.add("kept " + System.identityHashCode(this));
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Trace trace;

    private List<String> entries(String subsystem) {
        return trace.entries().stream().filter(entry -> entry.startsWith(subsystem)).toList();
    }

    @Test
    void aReloadRestartsItAsANewBean() throws Exception {
        System.setProperty("gateway.port", "2");
        try {
            ReloadResult result = daemon.reload().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(result.restarted()).containsExactly("gateway");
            assertThat(result.requiresRestart()).isEmpty();
            Awaitility.await().until(() -> entries("gateway").contains("gateway binds 2"));
            assertThat(entries("gateway")).containsExactly("gateway binds 1", "gateway child ends 1", "gateway unbinds 1",
                    "gateway destroyed 1", "gateway part destroyed", "gateway binds 2");
        } finally {
            System.clearProperty("gateway.port");
        }
    }

    @Test
    void isDestroyedWhenItsStartOrItsCleanUpFails() {
        Awaitility.await().until(() -> daemon.subsystem("broken").orElseThrow().state() == SubsystemState.FAILED);
        assertThat(entries("broken")).containsExactly("broken starts", "broken stops", "broken destroyed",
                "broken starts", "broken stops", "broken destroyed");
    }

    @Test
    void isDestroyedWithoutACleanUpOfItsOwn() throws Exception {
        assertThat(entries("silent")).isEmpty();
        daemon.restart("silent").toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(entries("silent")).containsExactly("silent destroyed");
        daemon.stop("silent").toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(entries("silent")).containsExactly("silent destroyed", "silent destroyed");
    }

    @Test
    void othersKeepTheirBean() throws Exception {
        daemon.restart("kept").toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(entries("kept")).hasSize(2);
        assertThat(entries("kept").get(1)).isEqualTo(entries("kept").get(0));
    }
}
