package io.quarkiverse.procdaemon.deployment.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.reactive.messaging.annotations.Blocking;

/** Consumers get messages only while what they need is RUNNING, and no message is lost. */
class GateTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().setForcedDependencies(Extensions.messaging())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Topics.class, Topics.Connector.class,
                    Topics.Topic.class, Journal.class,
                    Ledger.class, Audit.class, Early.class))
            .overrideConfigKey("mp.messaging.incoming.orders.connector", "topics")
            .overrideConfigKey("mp.messaging.incoming.slow.connector", "topics")
            .overrideConfigKey("mp.messaging.incoming.audit.connector", "topics")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.channel.audit.needs", "journal")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.restart.initial-delay", "1ms");

    @Subsystem
    static class Journal {

        private volatile boolean open;

        @OnStart
        void open() {
            open = true;
        }

        @OnStop
        void close() {
            open = false;
        }

        String state() {
            return open ? "" : " (closed)";
        }
    }

    /** What it has processed, each with whether the journal was closed. */
    @Subsystem(dependsOn = Journal.class)
    static class Ledger {

        @Inject
        Journal journal;

        final List<String> processed = new CopyOnWriteArrayList<>();
        volatile boolean fails;
        volatile CountDownLatch hold = new CountDownLatch(0);
        final CountDownLatch held = new CountDownLatch(1);

        @Incoming("orders")
        void order(String order) {
            if (fails) {
                fails = false;
                throw new IllegalStateException("disk full");
            }
            processed.add(order + journal.state());
        }

        @Incoming("internal")
        void internal(String order) {
            processed.add(order + journal.state());
        }

        @Incoming("slow")
        @Blocking
        void slow(String order) throws InterruptedException {
            held.countDown();
            hold.await();
            processed.add(order + journal.state());
        }
    }

    @Singleton
    static class Audit {

        @Inject
        Journal journal;

        final List<String> processed = new CopyOnWriteArrayList<>();

        @Incoming("audit")
        void audit(String entry) {
            processed.add(entry + journal.state());
        }
    }

    /** Sends when the channels are there and the subsystems have not started. */
    @Singleton
    static class Early {

        @Inject
        @Channel("internal")
        Emitter<String> internal;

        @Inject
        Topics topics;

        long requested;

        void start(@Observes @Priority(1000) StartupEvent event) {
            requested = topics.of("orders").requested.get();
            topics.of("orders").send("early order");
            topics.of("audit").send("early entry");
            internal.send("early internal");
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Topics topics;

    @Inject
    Ledger ledger;

    @Inject
    Audit audit;

    @Inject
    Early early;

    @BeforeEach
    void everythingRuns() {
        start("journal");
        start("ledger");
    }

    @Test
    void nothingIsProcessedBeforeTheStart() {
        await().until(() -> ledger.processed.contains("early order") && ledger.processed.contains("early internal"));
        await().until(() -> audit.processed.contains("early entry"));
        assertThat(ledger.processed).doesNotContain("early order (closed)", "early internal (closed)");
        assertThat(early.requested).as("requests to the connector before the start").isZero();
    }

    @Test
    void messagesWaitWhileTheConsumerIsStopped() {
        stop("ledger");
        CompletableFuture<Void> order = topics.of("orders").send("while stopped");
        CompletableFuture<Void> internal = early.internal.send("internal while stopped").toCompletableFuture();
        assertThat(ledger.processed).doesNotContain("while stopped", "internal while stopped");
        assertThat(order).isNotDone();

        start("ledger");
        assertThat(order).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(internal).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(ledger.processed).contains("while stopped", "internal while stopped");
    }

    @Test
    void otherConsumersWaitForWhatTheyNeed() {
        stop("journal");
        CompletableFuture<Void> entry = topics.of("audit").send("while stopped");
        assertThat(audit.processed).doesNotContain("while stopped", "while stopped (closed)");

        start("journal");
        assertThat(entry).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(audit.processed).contains("while stopped");
    }

    @Test
    void whatFailsIsProcessedAgainByTheNextRun() {
        SubsystemInfo before = info("ledger");
        ledger.fails = true;
        CompletableFuture<Void> first = topics.of("orders").send("refused once");
        CompletableFuture<Void> second = topics.of("orders").send("after it");
        assertThat(first).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(second).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(ledger.processed).containsSubsequence("refused once", "after it");
        assertThat(topics.of("orders").refused).isEmpty();
        SubsystemInfo after = info("ledger");
        assertThat(after.failures()).isEqualTo(before.failures() + 1);
        assertThat(after.generation()).isEqualTo(before.generation() + 1);
        assertThat(after.lastFailure().orElseThrow().message()).isEqualTo("disk full");
    }

    @Test
    void messagesInWorkAreWorkInFlight() throws Exception {
        ledger.hold = new CountDownLatch(1);
        CompletableFuture<Void> order = topics.of("slow").send("slow");
        assertThat(ledger.held.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(info("ledger").inFlight()).isEqualTo(1);

        CompletableFuture<Void> stop = daemon.stop("ledger").toCompletableFuture();
        await().until(() -> info("ledger").state() == SubsystemState.STOPPING);
        CompletableFuture<Void> next = topics.of("slow").send("next");
        assertThat(stop).isNotDone();
        ledger.hold.countDown();
        assertThat(stop).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(order).isDone();
        assertThat(ledger.processed).contains("slow").doesNotContain("next");

        start("ledger");
        assertThat(next).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(ledger.processed).contains("next");
    }

    @Test
    void aDrainHoldsMessages() {
        daemon.drain();
        CompletableFuture<Void> order = topics.of("orders").send("while draining");
        assertThat(ledger.processed).doesNotContain("while draining");
        daemon.resume();
        assertThat(order).succeedsWithin(10, TimeUnit.SECONDS);
    }

    private SubsystemInfo info(String name) {
        return daemon.subsystem(name).orElseThrow();
    }

    private void stop(String name) {
        assertThat(daemon.stop(name).toCompletableFuture()).succeedsWithin(10, TimeUnit.SECONDS);
    }

    private void start(String name) {
        assertThat(daemon.start(name).toCompletableFuture()).succeedsWithin(10, TimeUnit.SECONDS);
    }
}
