package io.quarkiverse.procdaemon.runtime.messaging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.reactive.messaging.Message;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.run.Run.WorkInFlight;
import io.quarkus.arc.Arc;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.reactive.messaging.SubscriberDecorator;

/** Puts a gate before each consumer that needs subsystems, and opens the gates. */
@Singleton
public class MessageGates implements SubscriberDecorator, DaemonListener {

    private final ConsumerMethods methods;
    private final Collection<GatedStream> streams = new ConcurrentLinkedQueue<>();
    private final KafkaLiveness kafka;
    private final FailureFilter filter = new FailureFilter();
    /**
     * Whether a shutdown has begun. What the application sends to itself is then delivered until its consumer stops: requests
     * and messages in work may wait for it before they can end.
     */
    private volatile boolean ending;

    @Inject
    MessageGates(ConsumerMethods methods, KafkaLiveness kafka) {
        this.methods = methods;
        this.kafka = kafka;
    }

    @PostConstruct
    void start() {
        filter.install();
    }

    @PreDestroy
    void stop() {
        kafka.stop();
        filter.remove();
    }

    @Override
    public Multi<? extends Message<?>> decorate(Multi<? extends Message<?>> messages, List<String> channels,
            boolean isConnector) {
        if (isConnector) {
            return messages;
        }
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        List<ConsumerMethod> consumers = methods.of(channels);
        Set<String> needs = new LinkedHashSet<>();
        for (ConsumerMethod consumer : consumers) {
            if (consumer.subsystem() != null) {
                needs.add(consumer.subsystem());
            }
        }
        DaemonConfig daemon = config.getConfigMapping(DaemonConfig.class, DaemonConfig.PREFIX);
        for (String channel : channels) {
            DaemonConfig.ChannelConfig settings = daemon.channels().get(channel);
            if (settings != null) {
                needs.addAll(settings.needs().orElse(List.of()));
            }
        }
        if (needs.isEmpty()) {
            return messages;
        }
        Consumption consumption = consumption(consumers, new ArrayList<>(needs), config);
        if (consumption.keeps()) {
            consumers.forEach(consumer -> filter.silence(consumer.type() + "#" + consumer.name()));
        }
        for (String channel : channels) {
            if (new ChannelSettings(config, channel).isConnectedTo(KafkaLiveness.CONNECTOR)) {
                kafka.watch(channel, consumption);
            }
        }
        return new GatedMulti(messages, consumption, streams);
    }

    /** Several consumers belong to the same subsystem, or all to none. */
    private Consumption consumption(List<ConsumerMethod> consumers, List<String> needs, SmallRyeConfig config) {
        // Listeners are created before it.
        DaemonInternals daemon = Arc.container().instance(DaemonInternals.class).get();
        ConsumerMethod first = consumers.get(0);
        List<ChannelSettings> channels = first.channels().stream().map(channel -> new ChannelSettings(config, channel))
                .toList();
        boolean connected = channels.stream().anyMatch(ChannelSettings::isConnected);
        Function<String, Optional<WorkInFlight>> begin = connected ? daemon::beginErrand
                : name -> ending ? daemon.beginWork(name) : daemon.beginErrand(name);
        if (consumers.stream().allMatch(ConsumerMethod::replaced)) {
            begin = name -> Optional.empty();
        }
        boolean acknowledged = consumers.stream().allMatch(ConsumerMethod::acknowledged);
        return new Consumption(
                channels.stream().map(channel -> "channel '" + channel.channel() + "'").collect(Collectors.joining(", ")),
                consumers.stream().map(ConsumerMethod::location).collect(Collectors.joining(", ")),
                new Gate(first.subsystem(), needs, begin), acknowledged,
                acknowledged && first.subsystem() != null && channels.stream().noneMatch(ChannelSettings::hasFailureStrategy),
                connected);
    }

    /** The last one, so that nothing holds messages between the gate and the consumer. */
    @Override
    public int getPriority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        if (event instanceof SubsystemEvent.Started) {
            wake();
        }
    }

    @Override
    public void stateChanged() {
        if (Arc.container().instance(DaemonInternals.class).get().state() == DaemonState.RUNNING) {
            ending = false;
        }
        wake();
    }

    @Override
    public void shutdownBegan(String daemon, ShutdownReason reason, OptionalInt exitCode, boolean duringStart) {
        ending = true;
        wake();
    }

    // Not on this thread: a consumer may run on that of its stream.
    private void wake() {
        for (GatedStream stream : streams) {
            Infrastructure.getDefaultExecutor().execute(stream::wake);
        }
    }
}
