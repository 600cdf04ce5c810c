package io.quarkiverse.procdaemon.deployment.schedule;

import java.lang.reflect.Modifier;
import java.util.List;

import jakarta.inject.Singleton;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTransformation;
import org.jboss.jandex.AnnotationTransformation.TransformationContext;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.procdaemon.deployment.discovery.Discovery;
import io.quarkiverse.procdaemon.deployment.discovery.Eligibility;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClass;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemsBuildItem;
import io.quarkiverse.procdaemon.runtime.schedule.Counted;
import io.quarkiverse.procdaemon.runtime.schedule.Replaced;
import io.quarkiverse.procdaemon.runtime.schedule.ReplacedCreator;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.AnnotationsTransformerBuildItem;
import io.quarkus.arc.deployment.GeneratedBeanBuildItem;
import io.quarkus.arc.deployment.GeneratedBeanGizmo2Adaptor;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;

class ScheduleProcessor {

    // By name: without the Scheduler extension its supertypes are not there.
    private static final String RUNTIME = "io.quarkiverse.procdaemon.runtime.schedule.";
    private static final String ERRANDS = RUNTIME + "ScheduledWork";
    private static final String INTERCEPTOR = RUNTIME + "CountedInterceptor";
    private static final DotName CONTINUATION = DotName.createSimple("kotlin.coroutines.Continuation");

    @BuildStep
    void guard(Capabilities capabilities, CombinedIndexBuildItem index,
            BuildProducer<AnnotationsTransformerBuildItem> transformations, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isMissing(Capability.SCHEDULER)) {
            return;
        }
        boolean counted = EndEvents.mayGetLost(index.getIndex());
        transformations.produce(new AnnotationsTransformerBuildItem(AnnotationTransformation.forMethods()
                .whenMethod(method -> method.declaringClass().hasDeclaredAnnotation(Discovery.SUBSYSTEM))
                .whenAnyMatch(ScheduleGuard.SCHEDULED, ScheduleGuard.SCHEDULES)
                .transform(context -> guard(context, counted))));
        beans.produce(AdditionalBeanBuildItem.unremovableOf(ERRANDS));
        if (counted) {
            beans.produce(AdditionalBeanBuildItem.builder().addBeanClasses(INTERCEPTOR, Counted.class.getName()).build());
        }
    }

    private static void guard(TransformationContext context, boolean counted) {
        MethodInfo method = context.declaration().asMethod();
        List<AnnotationInstance> schedules = context.annotations().stream().filter(ScheduleGuard::isSchedule).toList();
        context.remove(ScheduleGuard::isSchedule);
        schedules.forEach(schedule -> context.add(ScheduleGuard.guard(method, schedule)));
        if (counted && isInterceptable(method)) {
            context.add(AnnotationInstance.create(DotName.createSimple(Counted.class), method, List.of()));
        }
    }

    /** A static one is not the subsystem's; one that suspends returns before its end, which only the scheduler sees. */
    private static boolean isInterceptable(MethodInfo method) {
        return !Modifier.isStatic(method.flags())
                && method.parameterTypes().stream().noneMatch(type -> type.name().equals(CONTINUATION));
    }

    @BuildStep
    void replaced(Capabilities capabilities, SubsystemsBuildItem subsystems, BuildProducer<SyntheticBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.SCHEDULER)) {
            beans.produce(SyntheticBeanBuildItem.configure(Replaced.class).scope(Singleton.class).unremovable()
                    .creator(ReplacedCreator.class).param(ReplacedCreator.CLASSES, subsystems.subsystems().classes().stream()
                            .filter(type -> type.standing() == Eligibility.REPLACED).map(SubsystemClass::location)
                            .toArray(String[]::new))
                    .done());
        }
    }

    // Before beans are discovered, so that the scheduler finds the classes in the index when it checks what it was given.
    @BuildStep
    void generate(Capabilities capabilities, CombinedIndexBuildItem index, BuildProducer<GeneratedBeanBuildItem> classes,
            BuildProducer<ReflectiveClassBuildItem> reflective) {
        if (capabilities.isMissing(Capability.SCHEDULER)) {
            return;
        }
        for (AnnotationInstance subsystem : index.getIndex().getAnnotations(Discovery.SUBSYSTEM)) {
            ClassInfo type = subsystem.target().asClass();
            // What is generated has to be loaded by the same class loader as the subsystem.
            boolean ofApplication = QuarkusClassLoader.isApplicationClass(type.name().toString());
            ScheduleGuardGenerator generator = new ScheduleGuardGenerator(
                    new GeneratedBeanGizmo2Adaptor(classes, gate -> ofApplication));
            type.methods().stream().flatMap(method -> ScheduleGuard.of(method).stream()).distinct().forEach(gate -> {
                generator.generate(gate, Discovery.nameOf(subsystem));
                // The scheduler would see to this, but it no longer knows of the user's own predicate.
                reflective.produce(ReflectiveClassBuildItem.builder(gate.predicate().toString()).build());
            });
        }
    }
}
