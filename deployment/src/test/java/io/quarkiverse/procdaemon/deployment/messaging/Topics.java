package io.quarkiverse.procdaemon.deployment.messaging;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReporter;

/**
 * The channels of a connector whose messages a test sends. A message that is not acknowledged ends its channel, as with most
 * connectors.
 */
@Singleton
public class Topics {

    private final Map<String, Topic> topics = new ConcurrentHashMap<>();

    /** One channel of it. */
    public static final class Topic {

        private final UnicastProcessor<Message<String>> messages = UnicastProcessor.create();
        public volatile boolean poisoned;
        /** Whether a message that is refused does not end the channel. */
        volatile boolean keepsOpen;
        /** How many messages were asked for. */
        public final AtomicLong requested = new AtomicLong();
        public final List<String> acknowledged = new CopyOnWriteArrayList<>();
        public final List<String> refused = new CopyOnWriteArrayList<>();

        /** Completes when the message is acknowledged or refused. */
        public CompletableFuture<Void> send(String payload) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            messages.onNext(Message.of(payload, () -> {
                acknowledged.add(payload);
                done.complete(null);
                return CompletableFuture.completedFuture(null);
            }, reason -> {
                refused.add(payload + ": " + reason.getMessage());
                done.complete(null);
                return keepsOpen ? CompletableFuture.completedFuture(null) : CompletableFuture.failedFuture(reason);
            }));
            return done;
        }

        public void fail(Throwable reason) {
            messages.onError(reason);
        }

        public void complete() {
            messages.onComplete();
        }

        Multi<Message<String>> stream() {
            return messages.onRequest().invoke(requested::addAndGet);
        }
    }

    public Topic of(String channel) {
        return topics.computeIfAbsent(channel, name -> new Topic());
    }

    /** What hands them on. */
    @org.eclipse.microprofile.reactive.messaging.spi.Connector("topics")
    @ApplicationScoped
    public static class Connector implements InboundConnector {

        @Inject
        Topics topics;

        @Override
        public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
            Topic topic = topics.of(config.getValue("channel-name", String.class));
            topic.keepsOpen = !config.getOptionalValue("failure-strategy", String.class).orElse("fail").equals("fail");
            return topic.stream();
        }
    }

    /** One that is named as Kafka's and closes for good when a topic is poisoned, without a word on the stream. */
    @org.eclipse.microprofile.reactive.messaging.spi.Connector("smallrye-kafka")
    @ApplicationScoped
    public static class Kafka implements InboundConnector, HealthReporter {

        @Inject
        Topics topics;

        private final Set<String> connected = ConcurrentHashMap.newKeySet();

        @Override
        public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
            String channel = config.getValue("channel-name", String.class);
            connected.add(channel);
            return topics.of(channel).stream();
        }

        @Override
        public HealthReport getLiveness() {
            HealthReport.HealthReportBuilder report = HealthReport.builder();
            connected.forEach(channel -> report.add(channel, !topics.of(channel).poisoned, "not a number"));
            return report.build();
        }
    }
}
