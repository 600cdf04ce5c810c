package io.quarkiverse.procdaemon.deployment.schedule;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;

import jakarta.inject.Singleton;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTransformation;
import org.jboss.jandex.AnnotationTransformation.TransformationContext;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.procdaemon.deployment.discovery.Eligibility;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClass;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClassesBuildItem;
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
import io.quarkus.gizmo2.Gizmo;

class ScheduleProcessor {

    // By name: without the Scheduler extension the supertypes are missing.
    private static final String RUNTIME = "io.quarkiverse.procdaemon.runtime.schedule.";
    private static final String WORK = RUNTIME + "ScheduledWork";
    private static final String INTERCEPTOR = RUNTIME + "CountedInterceptor";
    private static final DotName OBSERVES_ASYNC = DotName.createSimple("jakarta.enterprise.event.ObservesAsync");
    private static final Set<DotName> END_EVENTS = Set.of(DotName.createSimple("io.quarkus.scheduler.SuccessfulExecution"),
            DotName.createSimple("io.quarkus.scheduler.FailedExecution"), DotName.OBJECT_NAME);
    private static final DotName CONTINUATION = DotName.createSimple("kotlin.coroutines.Continuation");

    @BuildStep
    void guard(Capabilities capabilities, CombinedIndexBuildItem index, SubsystemClassesBuildItem subsystems,
            BuildProducer<AnnotationsTransformerBuildItem> transformations, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isMissing(Capability.SCHEDULER)) {
            return;
        }
        boolean counted = mayLoseEvents(index.getIndex());
        transformations.produce(new AnnotationsTransformerBuildItem(AnnotationTransformation.forMethods()
                .whenMethod(method -> subsystems.contains(method.declaringClass()))
                .whenAnyMatch(ScheduleGuard.SCHEDULED, ScheduleGuard.SCHEDULES)
                .transform(context -> guard(context, counted))));
        beans.produce(AdditionalBeanBuildItem.unremovableOf(WORK));
        if (counted) {
            beans.produce(AdditionalBeanBuildItem.builder().addBeanClasses(INTERCEPTOR, Counted.class.getName()).build());
        }
    }

    /**
     * Whether the application observes the end of executions asynchronously. The scheduler notifies such observers first, and
     * if the executor rejects that, it notifies no other observer.
     */
    private static boolean mayLoseEvents(IndexView index) {
        return index.getAnnotations(OBSERVES_ASYNC).stream()
                .anyMatch(observer -> END_EVENTS.contains(observer.target().asMethodParameter().type().name()));
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

    /** Not for static methods, nor for suspending ones: they return before their end, which only the scheduler sees. */
    private static boolean isInterceptable(MethodInfo method) {
        return !Modifier.isStatic(method.flags())
                && method.parameterTypes().stream().noneMatch(type -> type.name().equals(CONTINUATION));
    }

    @BuildStep
    void replaced(Capabilities capabilities, SubsystemsBuildItem subsystems, BuildProducer<SyntheticBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.SCHEDULER)) {
            beans.produce(SyntheticBeanBuildItem.configure(Replaced.class).scope(Singleton.class).unremovable()
                    .creator(ReplacedCreator.class).param(ReplacedCreator.CLASSES, subsystems.subsystems().classes().stream()
                            .filter(type -> type.eligibility() == Eligibility.REPLACED).map(SubsystemClass::location)
                            .toArray(String[]::new))
                    .done());
        }
    }

    // Before bean discovery, so that the scheduler finds the classes in the index when it validates the annotations.
    @BuildStep
    void generate(Capabilities capabilities, SubsystemClassesBuildItem subsystems,
            BuildProducer<GeneratedBeanBuildItem> classes, BuildProducer<ReflectiveClassBuildItem> reflective) {
        if (capabilities.isMissing(Capability.SCHEDULER)) {
            return;
        }
        subsystems.names().forEach((type, name) -> {
            // The generated class must have the class loader of the subsystem.
            boolean ofApplication = QuarkusClassLoader.isApplicationClass(type.name().toString());
            Gizmo gizmo = Gizmo.create(new GeneratedBeanGizmo2Adaptor(classes, guard -> ofApplication)).withDebugInfo(false)
                    .withParameters(false);
            type.methods().stream().flatMap(method -> ScheduleGuard.of(method).stream()).distinct().forEach(guard -> {
                guard.generate(gizmo, name);
                // The scheduler would do this, but it no longer knows the predicate of the user.
                reflective.produce(ReflectiveClassBuildItem.builder(guard.predicate().toString()).build());
            });
        });
    }
}
