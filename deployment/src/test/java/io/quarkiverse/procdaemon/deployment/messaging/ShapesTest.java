package io.quarkiverse.procdaemon.deployment.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.annotations.Blocking;

/** What SmallRye's own pausing misses: several channels, concurrency, messages out of order, channels without a connector. */
class ShapesTest {

    /** Visible to the test, which has another class loader than the application. */
    private static final String FAREWELLS = ShapesTest.class.getName();
    private static final String RECEIPTS = FAREWELLS + ".receipts";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().setForcedDependencies(Extensions.messaging())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Topics.class, Topics.Connector.class,
                    Topics.Topic.class, Store.class, Merged.class, Concurrent.class, Unordered.class, Asynchronous.class,
                    Farewell.class, Clerk.class, Listener.class))
            .overrideConfigKey("mp.messaging.incoming.one.connector", "topics")
            .overrideConfigKey("mp.messaging.incoming.two.connector", "topics")
            .overrideConfigKey("mp.messaging.incoming.concurrent.connector", "topics")
            .overrideConfigKey("mp.messaging.incoming.concurrent.concurrency", "3")
            .overrideConfigKey("mp.messaging.incoming.unordered.connector", "topics")
            .overrideConfigKey("mp.messaging.incoming.asynchronous.connector", "topics")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.restart.initial-delay", "1ms")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.restart.max-restarts", "-1")
            .setAfterUndeployListener(() -> assertThat(System.clearProperty(FAREWELLS)).as("at the shutdown")
                    .isEqualTo("good bye and thanks"));

    /** What all of them write to. It is open while it is RUNNING. */
    @Subsystem
    static class Store {

        private volatile boolean open;
        final List<String> written = new CopyOnWriteArrayList<>();

        @OnStart
        void open() {
            open = true;
        }

        @OnStop
        void close() {
            open = false;
        }

        void write(String text) {
            written.add(open ? text : text + " (closed)");
        }
    }

    @Subsystem(dependsOn = Store.class)
    static class Merged {

        @Inject
        Store store;

        @Incoming("one")
        @Incoming("two")
        void on(String message) {
            store.write(message);
        }
    }

    @Subsystem(dependsOn = Store.class)
    static class Concurrent {

        @Inject
        Store store;

        @Incoming("concurrent")
        @Blocking
        void on(String message) {
            store.write(message);
        }
    }

    /** Fails with each message once. */
    @Subsystem(dependsOn = Store.class)
    static class Unordered {

        @Inject
        Store store;

        private final Set<String> seen = ConcurrentHashMap.newKeySet();

        @Incoming("unordered")
        @Blocking(ordered = false)
        void on(String message) {
            if (seen.add(message)) {
                throw new IllegalStateException(message);
            }
            store.write(message);
        }
    }

    @Subsystem(dependsOn = Store.class)
    static class Asynchronous {

        @Inject
        Store store;

        private boolean failed;

        @Incoming("asynchronous")
        Uni<Void> on(String message) {
            if (!failed) {
                failed = true;
                return Uni.createFrom().failure(new IllegalStateException("once"));
            }
            store.write(message);
            return Uni.createFrom().voidItem();
        }
    }

    /** Sends two messages when it stops, and waits for them. */
    @Subsystem(dependsOn = Clerk.class)
    static class Farewell {

        @Inject
        @Channel("farewells")
        Emitter<String> farewells;

        @Inject
        @Channel("receipts")
        Emitter<String> receipts;

        @OnStop
        void stop() {
            receipts.send(" and thanks").toCompletableFuture().join();
            farewells.send("good bye" + System.clearProperty(RECEIPTS)).toCompletableFuture().join();
        }
    }

    @Subsystem
    static class Clerk {
        @Incoming("receipts")
        void on(String message) {
            System.setProperty(RECEIPTS, message);
        }
    }

    @Singleton
    static class Listener {
        @Incoming("farewells")
        void on(String message) {
            System.setProperty(FAREWELLS, message);
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Topics topics;

    @Inject
    Store store;

    @Inject
    Farewell farewell;

    @AfterEach
    void resume() {
        daemon.resume();
    }

    @Test
    void severalChannels() {
        allArriveAfterAStop(topics.of("one"), topics.of("two"), topics.of("one"));
    }

    @Test
    void severalMessagesAtATime() {
        allArriveAfterAStop(topics.of("concurrent$1"), topics.of("concurrent$2"), topics.of("concurrent$3"));
    }

    @Test
    void eachThatFailsComesAgain() {
        List<CompletableFuture<Void>> sent = IntStream.range(0, 20)
                .mapToObj(number -> topics.of("unordered").send("unordered " + number)).toList();
        sent.forEach(one -> assertThat(one).succeedsWithin(20, TimeUnit.SECONDS));
        assertThat(store.written.stream().filter(text -> text.startsWith("unordered"))).hasSize(20)
                .doesNotHaveDuplicates();
        assertThat(topics.of("unordered").refused).isEmpty();
    }

    @Test
    void aStageThatFails() {
        assertThat(topics.of("asynchronous").send("later")).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(store.written).contains("later");
        assertThat(info("asynchronous").failures()).isEqualTo(1);
    }

    @Test
    void anEmitterWorksInACleanUp() {
        assertThat(daemon.stop("farewell").toCompletableFuture()).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(System.clearProperty(FAREWELLS)).isEqualTo("good bye and thanks");
        assertThat(daemon.start("farewell").toCompletableFuture()).succeedsWithin(10, TimeUnit.SECONDS);
    }

    /** At a shutdown it is delivered: see {@link Farewell}. */
    @Test
    void aDrainHoldsWhatTheApplicationSends() {
        System.clearProperty(RECEIPTS);
        daemon.drain();
        CompletionStage<Void> receipt = farewell.receipts.send("while draining");
        assertThat(System.getProperty(RECEIPTS)).isNull();
        daemon.resume();
        assertThat(receipt.toCompletableFuture()).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(System.clearProperty(RECEIPTS)).isEqualTo("while draining");
    }

    private void allArriveAfterAStop(Topics.Topic... into) {
        assertThat(daemon.stop("store").toCompletableFuture()).succeedsWithin(10, TimeUnit.SECONDS);
        List<CompletableFuture<Void>> sent = IntStream.range(0, 30)
                .mapToObj(number -> into[number % into.length].send("message " + number)).toList();
        assertThat(store.written).noneMatch(text -> text.startsWith("message"));
        assertThat(daemon.start("store").toCompletableFuture()).succeedsWithin(10, TimeUnit.SECONDS);
        sent.forEach(one -> assertThat(one).succeedsWithin(20, TimeUnit.SECONDS));
        assertThat(store.written.stream().filter(text -> text.startsWith("message")))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 30).mapToObj(number -> "message " + number).toList());
        store.written.clear();
    }

    private SubsystemInfo info(String name) {
        return daemon.subsystem(name).orElseThrow();
    }
}
