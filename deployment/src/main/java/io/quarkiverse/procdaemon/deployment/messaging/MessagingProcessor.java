package io.quarkiverse.procdaemon.deployment.messaging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTransformation;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.procdaemon.deployment.discovery.Discovery;
import io.quarkiverse.procdaemon.deployment.discovery.Eligibility;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClass;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemsBuildItem;
import io.quarkiverse.procdaemon.deployment.validation.ProblemBuildItem;
import io.quarkiverse.procdaemon.runtime.messaging.ConsumerMethod;
import io.quarkiverse.procdaemon.runtime.messaging.ConsumerMethods;
import io.quarkiverse.procdaemon.runtime.messaging.MessagingRecorder;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.AnnotationsTransformerBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.CustomScopeAnnotationsBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;

class MessagingProcessor {

    // By name: without Quarkus Messaging the types that it implements are missing.
    private static final String ROOM = "io.quarkiverse.procdaemon.runtime.messaging.";
    private static final String ELSEWHERE = ", or move the method to a bean that is no subsystem";
    private static final String MAX_AGE = "throttled.unprocessed-record-max-age.ms";

    @BuildStep
    void gates(Capabilities capabilities, CombinedIndexBuildItem index, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.MESSAGING)
                && !index.getIndex().getAnnotations(Names.INCOMING).isEmpty()) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(ROOM + "MessageGates"));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(ROOM + "KafkaLiveness"));
        }
    }

    /** SmallRye would make each class with an incoming method or an injected channel @Dependent unless it names a scope. */
    @BuildStep
    void scope(Capabilities capabilities, CustomScopeAnnotationsBuildItem scopes,
            BuildProducer<AnnotationsTransformerBuildItem> transformations) {
        if (capabilities.isPresent(Capability.MESSAGING)) {
            transformations.produce(new AnnotationsTransformerBuildItem(AnnotationTransformation.forClasses()
                    .whenClass(type -> type.hasDeclaredAnnotation(Discovery.SUBSYSTEM)).transform(context -> {
                        if (!scopes.isScopeIn(context.annotations())) {
                            context.add(AnnotationInstance.builder(Singleton.class).build());
                        }
                    })));
        }
    }

    @BuildStep
    ConsumersBuildItem find(Capabilities capabilities, CombinedIndexBuildItem index, SubsystemsBuildItem discovered,
            BeanDiscoveryFinishedBuildItem discovery) {
        List<ConsumerMethod> methods = new ArrayList<>();
        if (capabilities.isPresent(Capability.MESSAGING)) {
            Map<DotName, String> subsystems = discovered.subsystems().classes().stream()
                    .filter(type -> type.eligibility() != Eligibility.DISABLED)
                    .collect(Collectors.toMap(SubsystemClass::type, SubsystemClass::name));
            discovery.beanStream().classBeans().forEach(bean -> {
                ClassInfo type = bean.getTarget().get().asClass();
                for (MethodInfo method : type.methods()) {
                    if (!method.isSynthetic()
                            && (method.hasDeclaredAnnotation(Names.INCOMING)
                                    || method.hasDeclaredAnnotation(Names.INCOMINGS))) {
                        methods.add(new Consumer(method, index.getComputingIndex()).read(subsystems.get(type.name())));
                    }
                }
            });
        }
        methods.sort(Comparator.comparing(ConsumerMethod::location));
        return new ConsumersBuildItem(methods);
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    void record(MessagingRecorder recorder, ConsumersBuildItem consumers, BuildProducer<SyntheticBeanBuildItem> beans) {
        if (!consumers.methods().isEmpty()) {
            beans.produce(SyntheticBeanBuildItem.configure(ConsumerMethods.class).scope(Singleton.class)
                    .runtimeValue(recorder.consumers(consumers.methods())).done());
        }
    }

    @BuildStep
    ChannelsBuildItem channels(ConsumersBuildItem consumers) {
        Map<String, String> channels = new TreeMap<>();
        for (ConsumerMethod method : consumers.methods()) {
            String obstacle = method.obstacle() == null ? "" : method.location() + ": " + method.obstacle();
            method.channels()
                    .forEach(channel -> channels.merge(channel, obstacle, (one, other) -> one.isEmpty() ? other : one));
        }
        return new ChannelsBuildItem(channels);
    }

    @BuildStep
    void check(ConsumersBuildItem consumers, BeanDiscoveryFinishedBuildItem discovery,
            BuildProducer<ProblemBuildItem> problems) {
        Map<Set<String>, ConsumerMethod> first = new HashMap<>();
        for (ConsumerMethod method : consumers.methods()) {
            if (method.subsystem() != null && method.obstacle() != null) {
                problems.produce(new ProblemBuildItem(method.location() + ": no message can be kept from it while subsystem '"
                        + method.subsystem() + "' is not RUNNING, because " + method.obstacle() + ELSEWHERE));
            }
            ConsumerMethod other = first.putIfAbsent(Set.copyOf(method.channels()), method);
            if (other != null && !Objects.equals(other.subsystem(), method.subsystem())) {
                problems.produce(new ProblemBuildItem(method.location() + ": consumes the same channels as " + other.location()
                        + ", which does not belong to the same subsystem, and messages cannot be kept from one of them alone;"
                        + " let one of them send the messages on to a channel of the other's own"));
            }
        }
        Set<String> gated = consumers.ofSubsystems();
        for (InjectionPointInfo point : discovery.getInjectionPoints()) {
            String channel = Emitters.channel(point);
            String strategy = Emitters.losingStrategy(point);
            if (channel != null && strategy != null && gated.contains(channel)) {
                problems.produce(new ProblemBuildItem(point.getTargetInfo().replace('#', '.') + ": @OnOverflow(" + strategy
                        + ") " + (strategy.equals("FAIL") ? "ends" : "loses messages of") + " channel '" + channel
                        + "' while the subsystem that consumes it is not RUNNING; use BUFFER, THROW_EXCEPTION or"
                        + " UNBOUNDED_BUFFER, or move the consumer to a bean that is no subsystem"));
            }
        }
    }

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
            consumers.methods().stream().flatMap(method -> method.channels().stream()).filter(MessagingProcessor::hasNeeds)
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
