package io.quarkiverse.procdaemon.deployment.wiring;

import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.deployment.discovery.LifecycleAnnotation;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClass;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemMethod;
import io.quarkiverse.procdaemon.deployment.discovery.SuppliedSubsystem;
import io.quarkiverse.procdaemon.deployment.reload.ConfigReadersBuildItem;
import io.quarkiverse.procdaemon.deployment.validation.ValidatedSubsystemsBuildItem;
import io.quarkiverse.procdaemon.runtime.wiring.SubsystemDefinition;
import io.quarkus.arc.deployment.InvokerFactoryBuildItem;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.arc.processor.InvokerInfo;
import io.quarkus.deployment.recording.RecorderContext;

/** Converts discovered subsystems into the definitions that are recorded. */
final class DefinitionRecording {

    private final ValidatedSubsystemsBuildItem validated;
    private final Map<DotName, BeanInfo> beans;
    private final InvokerFactoryBuildItem invokers;
    private final RecorderContext recorder;
    private final ConfigReadersBuildItem live;

    DefinitionRecording(ValidatedSubsystemsBuildItem validated, Stream<BeanInfo> classBeans, InvokerFactoryBuildItem invokers,
            RecorderContext recorder, ConfigReadersBuildItem live) {
        this.validated = validated;
        Set<DotName> types = validated.subsystems().stream().map(SubsystemClass::type).collect(Collectors.toSet());
        this.beans = classBeans.filter(bean -> types.contains(bean.getBeanClass()))
                .collect(Collectors.toMap(BeanInfo::getBeanClass, Function.identity()));
        this.invokers = invokers;
        this.recorder = recorder;
        this.live = live;
    }

    SubsystemDefinition define(SubsystemClass subsystem) {
        return new SubsystemDefinition(subsystem.name(), validated.dependencies(subsystem),
                beans.get(subsystem.type()).getIdentifier(), subsystem.restart(), subsystem.critical(), methods(subsystem),
                live.prefixes(subsystem.type()), subsystem.restartOn());
    }

    SubsystemDefinition define(SuppliedSubsystem subsystem) {
        return new SubsystemDefinition(subsystem.name(), subsystem.dependsOn(), null, subsystem.restart(),
                subsystem.critical(), new SubsystemDefinition.Methods(null, null, null, null, null, null), List.of(),
                subsystem.restartOn());
    }

    private SubsystemDefinition.Methods methods(SubsystemClass subsystem) {
        String every = subsystem.methods().stream().map(SubsystemMethod::every).filter(Objects::nonNull).findFirst()
                .orElse(null);
        return new SubsystemDefinition.Methods(method(subsystem, LifecycleAnnotation.ON_START),
                method(subsystem, LifecycleAnnotation.RUN), every, method(subsystem, LifecycleAnnotation.ON_STOP),
                method(subsystem, LifecycleAnnotation.HEALTHY), method(subsystem, LifecycleAnnotation.ON_RELOAD));
    }

    private SubsystemDefinition.@Nullable Method method(SubsystemClass subsystem, LifecycleAnnotation annotation) {
        return subsystem.methods().stream().filter(method -> method.annotation() == annotation).findFirst()
                .map(method -> method(beans.get(subsystem.type()), method)).orElse(null);
    }

    private SubsystemDefinition.Method method(BeanInfo bean, SubsystemMethod subject) {
        MethodInfo method = subject.method();
        InvokerInfo invoker = invokers.createInvoker(bean, method).build();
        return new SubsystemDefinition.Method(subject.location(), recorder.newInstance(binaryName(invoker.getClassDesc())),
                method.parametersCount() > 0, method.returnType().kind() == Type.Kind.VOID);
    }

    private static String binaryName(ClassDesc type) {
        return (type.packageName().isEmpty() ? "" : type.packageName() + ".") + type.displayName();
    }
}
