package io.quarkiverse.procdaemon.deployment.messaging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTransformation;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.procdaemon.deployment.discovery.Eligibility;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClass;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClassesBuildItem;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemsBuildItem;
import io.quarkiverse.procdaemon.runtime.messaging.ConsumerMethod;
import io.quarkiverse.procdaemon.runtime.messaging.ConsumerMethods;
import io.quarkiverse.procdaemon.runtime.messaging.MessagingRecorder;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.AnnotationsTransformerBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.CustomScopeAnnotationsBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;

class MessagingProcessor {

    // By name: without Quarkus Messaging the types that it implements are missing.
    private static final String ROOM = "io.quarkiverse.procdaemon.runtime.messaging.";

    @BuildStep
    void gates(Capabilities capabilities, CombinedIndexBuildItem index, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (hasConsumers(capabilities, index)) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(ROOM + "MessageGates"));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(ROOM + "KafkaLiveness"));
        }
    }

    private static boolean hasConsumers(Capabilities capabilities, CombinedIndexBuildItem index) {
        return capabilities.isPresent(Capability.MESSAGING) && !(index.getIndex().getAnnotations(Names.INCOMING).isEmpty()
                && index.getIndex().getAnnotations(Names.INCOMINGS).isEmpty());
    }

    /** SmallRye would make each class with an incoming method or an injected channel @Dependent unless it names a scope. */
    @BuildStep
    void scope(Capabilities capabilities, CustomScopeAnnotationsBuildItem scopes, SubsystemClassesBuildItem subsystems,
            BuildProducer<AnnotationsTransformerBuildItem> transformations) {
        if (capabilities.isPresent(Capability.MESSAGING)) {
            transformations.produce(new AnnotationsTransformerBuildItem(AnnotationTransformation.forClasses()
                    .whenClass(subsystems::contains).transform(context -> {
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
            Map<DotName, SubsystemClass> subsystems = discovered.subsystems().classes().stream()
                    .filter(type -> type.eligibility() != Eligibility.DISABLED)
                    .collect(Collectors.toMap(SubsystemClass::type, Function.identity(), (one, other) -> one));
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
    void record(MessagingRecorder recorder, Capabilities capabilities, CombinedIndexBuildItem index,
            ConsumersBuildItem consumers, BuildProducer<SyntheticBeanBuildItem> beans) {
        if (hasConsumers(capabilities, index)) {
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
}
