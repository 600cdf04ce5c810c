package io.quarkiverse.procdaemon.deployment.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;

/** A subsystem whose channel has ended is not RUNNING and deaf: it has failed for good, and says why. */
class EndedChannelTest {

    private static final String HERE = EndedChannelTest.class.getName() + "$";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().setForcedDependencies(Extensions.messaging())
            .withApplicationRoot(
                    jar -> jar.addClasses(Extensions.class, Topics.class, Topics.Connector.class, Topics.Kafka.class,
                            Topics.Topic.class, Manual.class, Broken.class, Finished.class, Obedient.class, Numbers.class))
            .overrideConfigKey("mp.messaging.incoming.manual.connector", "topics")
            .overrideConfigKey("mp.messaging.incoming.broken.connector", "topics")
            .overrideConfigKey("mp.messaging.incoming.finished.connector", "topics")
            .overrideConfigKey("mp.messaging.incoming.obedient.connector", "topics")
            .overrideConfigKey("mp.messaging.incoming.numbers.connector", "smallrye-kafka")
            .overrideConfigKey("mp.messaging.incoming.numbers.concurrency", "2")
            .overrideRuntimeConfigKey("mp.messaging.incoming.obedient.failure-strategy", "dead-letter-queue")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.restart.initial-delay", "1ms");

    /** Acknowledges its messages itself. */
    @Subsystem(critical = false)
    static class Manual {
        @Incoming("manual")
        CompletionStage<Void> on(Message<String> message) {
            return message.getPayload().equals("good") ? message.ack()
                    : CompletableFuture.failedFuture(new IllegalStateException("disk full"));
        }
    }

    @Subsystem(critical = false, restart = RestartPolicy.ALWAYS)
    static class Broken {
        @Incoming("broken")
        void on(String message) {
        }
    }

    @Subsystem(critical = false)
    static class Finished {
        @Incoming("finished")
        void on(String message) {
        }
    }

    @Subsystem(critical = false)
    static class Numbers {
        @Incoming("numbers")
        void on(String number) {
        }
    }

    @Subsystem(critical = false)
    static class Obedient {
        final List<String> processed = new CopyOnWriteArrayList<>();

        @Incoming("obedient")
        void on(String message) {
            if (message.equals("bad")) {
                throw new IllegalArgumentException("malformed");
            }
            processed.add(message);
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Topics topics;

    @Inject
    Obedient obedient;

    @Test
    void aMessageThatItShouldHaveAcknowledged() {
        assertThat(topics.of("manual").send("good")).succeedsWithin(10, TimeUnit.SECONDS);
        await().until(() -> info("manual").inFlight() == 0);
        topics.of("manual").send("bad");
        String ended = "channel 'manual' has ended because its consumer has failed with a message that it should have acknowledged "
                + "itself, or that could not be acknowledged; the log has the exception, so " + HERE
                + "Manual.on gets no more messages; restart the process";
        hasFailedForGood("manual", ended);

        // A restart does not help.
        long generation = info("manual").generation();
        daemon.restart("manual");
        await().until(() -> info("manual").generation() > generation);
        hasFailedForGood("manual", ended);
    }

    @Test
    void aConnectorThatFails() {
        topics.of("broken").fail(new IllegalStateException("unknown topic"));
        hasFailedForGood("broken", "channel 'broken' has ended because what delivers its messages has failed"
                + " (IllegalStateException: unknown topic), so " + HERE
                + "Broken.on gets no more messages; restart the process");
    }

    @Test
    void aConnectorThatHasNoMore() {
        topics.of("finished").complete();
        hasFailedForGood("finished", "channel 'finished' has ended because its connector has completed it, so " + HERE
                + "Finished.on gets no more messages; restart the process");
    }

    @Test
    void aConnectorThatIsClosedWithoutAWord() {
        topics.of("numbers$2").poisoned = true;
        hasFailedForGood("numbers", "channel 'numbers' has ended because its connector has failed (not a number), so " + HERE
                + "Numbers.on gets no more messages; restart the process");
    }

    @Test
    void aConfiguredStrategyIsObeyed() {
        CompletableFuture<Void> bad = topics.of("obedient").send("bad");
        CompletableFuture<Void> good = topics.of("obedient").send("good");
        assertThat(bad).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(good).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(topics.of("obedient").refused).containsExactly("bad: malformed");
        assertThat(obedient.processed).containsExactly("good");
        await().until(() -> info("obedient").inFlight() == 0);
        assertThat(info("obedient").failures()).isZero();
    }

    private void hasFailedForGood(String name, String message) {
        await().until(() -> info(name).state() == SubsystemState.FAILED);
        assertThat(info(name).lastFailure().orElseThrow().message()).isEqualTo(message);
        assertThat(info(name).restarts()).isZero();
    }

    private SubsystemInfo info(String name) {
        return daemon.subsystem(name).orElseThrow();
    }
}
