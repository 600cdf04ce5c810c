package io.quarkiverse.procdaemon.deployment.messaging;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;

class KafkaProcessor {

    /**
     * A record that waits for a subsystem does not make Kafka's connector unhealthy, which would close it for good after a
     * minute; 0 would say so with a warning at each start. And the connector does not wait for what is in work once more when
     * it
     * closes: it would wait for the records that the gate holds.
     */
    private static final Map<String, String> DEFAULTS = new TreeMap<>(Map.of(
            "throttled.unprocessed-record-max-age.ms", Integer.toString(Integer.MAX_VALUE),
            "graceful-shutdown", "false"));

    /** Only for channels of connectors: a key about any other fails the start. */
    @BuildStep
    void defaults(Capabilities capabilities, ConsumersBuildItem consumers, BeanDiscoveryFinishedBuildItem discovery,
            BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (capabilities.isPresent(Capability.KAFKA)) {
            Set<String> channels = new TreeSet<>(consumers.ofSubsystems());
            consumers.methods().stream().flatMap(method -> method.channels().stream()).filter(KafkaProcessor::hasNeeds)
                    .forEach(channels::add);
            discovery.beanStream().classBeans().forEach(bean -> bean.getTarget().get().asClass().methods()
                    .forEach(method -> channels.removeAll(Consumer.channels(method, Names.OUTGOING, Names.OUTGOINGS))));
            discovery.getInjectionPoints().stream().map(Emitters::channel).filter(Objects::nonNull).forEach(channels::remove);
            for (String channel : channels) {
                DEFAULTS.forEach((key, value) -> defaults.produce(new RunTimeConfigurationDefaultBuildItem(
                        "mp.messaging.incoming." + quoted(channel) + "." + key,
                        "${mp.messaging.connector.smallrye-kafka." + key + ":" + value + "}")));
            }
        }
    }

    private static boolean hasNeeds(String channel) {
        return ConfigProvider.getConfig().getConfigValue("quarkus.proc-daemon.channel." + quoted(channel) + ".needs")
                .getRawValue() != null;
    }

    private static String quoted(String channel) {
        return channel.contains(".") ? '"' + channel + '"' : channel;
    }
}
