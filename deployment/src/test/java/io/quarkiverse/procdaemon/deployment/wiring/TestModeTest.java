package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkus.arc.ClientProxy;
import io.quarkus.arc.impl.Mockable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.test.Mock;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/** What tests of applications do with subsystems: replace them, mock them, and let them fail permanently. */
class TestModeTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.shutdown())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Store.class, FakeStore.class, Queue.class,
                    TestQueue.class, Reader.class, Fragile.class, Port.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.shutdown.graceful-timeout", "400ms");

    @Subsystem(value = "store", dependsOnNames = "a database that tests do not have")
    static class Store {

        static final AtomicInteger SCHEDULED = new AtomicInteger();

        @Scheduled(every = "1s")
        void compact() {
            SCHEDULED.incrementAndGet();
        }
    }

    @Mock
    @Subsystem("store")
    static class FakeStore extends Store {

        static final AtomicInteger FAKE_SCHEDULED = new AtomicInteger();

        @Scheduled(every = "1s")
        void pretend() {
            FAKE_SCHEDULED.incrementAndGet();
        }
    }

    @Subsystem("queue")
    static class Queue {
    }

    @IfBuildProfile("test")
    @Subsystem("queue")
    static class TestQueue {
        boolean started;

        @OnStart
        void open() {
            started = true;
        }
    }

    @Subsystem(dependsOn = { Store.class, Queue.class })
    static class Reader {
        @Inject
        Store store;
    }

    @Subsystem(restart = RestartPolicy.NEVER)
    static class Fragile {

        final AtomicBoolean broken = new AtomicBoolean();

        @Run
        void run(ShutdownHandle shutdown) throws InterruptedException {
            while (!shutdown.isShutdown()) {
                shutdown.await(Duration.ofMillis(1));
                if (broken.compareAndSet(true, false)) {
                    throw new IllegalStateException("broken");
                }
            }
        }
    }

    @ApplicationScoped
    @Subsystem(critical = false)
    static class Port {

        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();

        @OnStart
        void open() {
            opened().incrementAndGet();
        }

        @OnStop
        void close() {
            closed().incrementAndGet();
        }

        @Healthy
        boolean isOpen() {
            return true;
        }

        AtomicInteger opened() {
            return opened;
        }

        AtomicInteger closed() {
            return closed;
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Reader reader;

    @Inject
    TestQueue queue;

    @Inject
    Fragile fragile;

    @Inject
    Port port;

    @Test
    void whatIsSelectedTakesThePlaceOfTheOther() {
        assertThat(daemon.subsystems()).extracting(SubsystemInfo::name)
                .containsExactlyInAnyOrder("store", "queue", "reader", "fragile", "port");
        assertThat(daemon.subsystem("reader").orElseThrow().dependsOn()).containsExactly("store", "queue");
        assertThat(reader.store).isInstanceOf(FakeStore.class);
        assertThat(queue.started).isTrue();
        await().atMost(20, TimeUnit.SECONDS).until(() -> FakeStore.FAKE_SCHEDULED.get() > 1);
        assertThat(Store.SCHEDULED).hasValue(0);
    }

    @Test
    void aStartBringsTheDaemonBackAfterEachFailureForGood() throws Exception {
        for (int round = 1; round <= 2; round++) {
            fragile.broken.set(true);
            await().atMost(20, TimeUnit.SECONDS).until(() -> daemon.state() == DaemonState.STOPPED);
            RestAssured.get("/q/health/ready").then().statusCode(503);
            ShutdownReport report = daemon.lastShutdown().orElseThrow();
            assertThat(report.reason().orElseThrow()).extracting("subsystem").isEqualTo("fragile");
            get(daemon.start("fragile"));
            await().atMost(20, TimeUnit.SECONDS).until(() -> daemon.state() == DaemonState.RUNNING);
            assertThat(daemon.subsystems()).extracting(SubsystemInfo::state).containsOnly(SubsystemState.RUNNING);
            RestAssured.get("/q/health/ready").then().statusCode(200);
            assertThat(daemon.lastShutdown()).contains(report);
        }
    }

    @Test
    void aRunKeepsItsInstanceWhenAMockComesAndWhenItGoes() throws Exception {
        Port real = ClientProxy.unwrap(port);
        Port mock = new Port();
        ((Mockable) port).arc$setMock(mock);
        try {
            int closed = real.closed.get();
            get(daemon.stop("port"));
            assertThat(real.closed).hasValue(closed + 1);
            assertThat(mock.closed).hasValue(0);
            int opened = real.opened.get();
            get(daemon.start("port"));
            assertThat(mock.opened).hasValue(1);
            assertThat(real.opened).hasValue(opened);
        } finally {
            ((Mockable) port).arc$clearMock();
        }
        get(daemon.restart("port"));
        assertThat(mock.closed).as("the mock's run ends with the mock").hasValue(1);
        assertThat(ClientProxy.unwrap(port)).isSameAs(real);
    }

    private static void get(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
