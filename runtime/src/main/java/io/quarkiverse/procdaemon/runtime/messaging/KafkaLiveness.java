package io.quarkiverse.procdaemon.runtime.messaging;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.spi.ConnectorLiteral;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.reactive.messaging.health.HealthReport.ChannelInfo;
import io.smallrye.reactive.messaging.health.HealthReporter;

/**
 * Notices that a channel of Kafka has ended. After some failures, such as a record that cannot be deserialized, the connector
 * closes its consumer for good, but the stream of messages neither fails nor completes: only the connector's liveness says it,
 * and never takes it back. Not so where {@code health-enabled} is false for the channel.
 */
@Singleton
public class KafkaLiveness {

    static final String CONNECTOR = "smallrye-kafka";

    private static final Logger LOG = Logger.getLogger(KafkaLiveness.class);
    private static final long SECONDS = 1;

    private final Instance<HealthReporter> reporters;
    private final Map<String, Consumption> channels = new ConcurrentHashMap<>();
    private @Nullable Future<?> checks;

    @Inject
    KafkaLiveness(@Any Instance<HealthReporter> reporters) {
        this.reporters = reporters.select(ConnectorLiteral.of(CONNECTOR));
    }

    /** From now on the consumer of that channel fails for good if the channel ends. */
    synchronized void watch(String channel, Consumption consumption) {
        channels.put(channel, consumption);
        if (checks == null) {
            checks = Infrastructure.getDefaultWorkerPool().scheduleWithFixedDelay(this::check, SECONDS, SECONDS,
                    TimeUnit.SECONDS);
        }
    }

    synchronized void stop() {
        if (checks != null) {
            checks.cancel(false);
        }
    }

    private void check() {
        try {
            for (HealthReporter reporter : reporters) {
                for (ChannelInfo channel : reporter.getLiveness().getChannels()) {
                    // With concurrency, the names of channels end in $1, $2 and so on.
                    Consumption consumption = channels.get(channel.getChannel().replaceFirst("\\$\\d+$", ""));
                    if (!channel.isOk() && consumption != null) {
                        // Refused unless the subsystem is RUNNING, and repeated if it is RUNNING again.
                        consumption.gate().fail(consumption.ended("its connector has failed (" + channel.getMessage() + ")"));
                    }
                }
            }
        } catch (RuntimeException unknown) {
            // An exception would end the checks.
            LOG.debug("The liveness of Kafka's channels is unknown", unknown);
        }
    }
}
