package io.quarkiverse.procdaemon.deployment.messaging;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;

class KafkaProcessor {

    private static final String MAX_AGE = "throttled.unprocessed-record-max-age.ms";

    /**
     * A record that waits for a subsystem does not make Kafka's connector unhealthy, which would close it for good after a
     * minute. 0 would say so with a warning at each start. Only for channels of connectors: a key about any other fails the
     * start.
     */
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
                defaults.produce(new RunTimeConfigurationDefaultBuildItem(
                        "mp.messaging.incoming." + quoted(channel) + "." + MAX_AGE,
                        "${mp.messaging.connector.smallrye-kafka." + MAX_AGE + ":" + Integer.MAX_VALUE + "}"));
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
