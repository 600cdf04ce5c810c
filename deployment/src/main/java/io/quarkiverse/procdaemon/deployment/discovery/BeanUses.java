package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;

import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.arc.processor.InjectionPointInfo;

/** Finds out who else than the daemon calls a bean: those that inject it, and what calls methods because of annotations. */
final class BeanUses {

    private static final DotName ALL = DotName.createSimple("io.quarkus.arc.All");
    private static final DotName INSTANCE_HANDLE = DotName.createSimple("io.quarkus.arc.InstanceHandle");
    private static final Set<DotName> CALLS = Set.of(DotName.createSimple("io.quarkus.scheduler.Scheduled"),
            DotName.createSimple("io.quarkus.scheduler.Scheduled$Schedules"),
            DotName.createSimple("org.eclipse.microprofile.reactive.messaging.Incoming"),
            DotName.createSimple("io.smallrye.reactive.messaging.annotations.Incomings"),
            DotName.createSimple("org.eclipse.microprofile.reactive.messaging.Outgoing"),
            DotName.createSimple("io.smallrye.reactive.messaging.annotations.Outgoings"),
            DotName.createSimple("jakarta.enterprise.event.Observes"),
            DotName.createSimple("jakarta.enterprise.event.ObservesAsync"), DotName.createSimple("jakarta.ws.rs.Path"));

    private final IndexView index;
    private final BeanDiscoveryFinishedBuildItem discovery;

    BeanUses(IndexView index, BeanDiscoveryFinishedBuildItem discovery) {
        this.index = index;
        this.discovery = discovery;
    }

    List<BeanUse> of(BeanInfo bean) {
        List<BeanUse> uses = new ArrayList<>();
        for (InjectionPointInfo point : discovery.getInjectionPoints()) {
            if (isInjected(bean, point)) {
                uses.add(new BeanUse(point.getTargetInfo().replace('#', '.'), ""));
            }
        }
        for (ClassInfo type : new InheritedMethods(index).lineage(bean.getTarget().get().asClass())) {
            addCalls(type.declaredAnnotations(), type.name().toString(), uses);
            for (MethodInfo method : type.methods()) {
                addCalls(method.annotations(), new SubsystemMethod(LifecycleAnnotation.RUN, method).location(), uses);
            }
        }
        return uses;
    }

    private static void addCalls(Collection<AnnotationInstance> annotations, String location, List<BeanUse> uses) {
        Set<String> names = new TreeSet<>();
        for (AnnotationInstance annotation : annotations) {
            if (CALLS.contains(annotation.name())) {
                names.add("@" + annotation.name().withoutPackagePrefix().replace('$', '.'));
            }
        }
        names.forEach(name -> uses.add(new BeanUse(location, name)));
    }

    // Arc resolves beans only after this build step, and reports an unsatisfied injection point before that.
    private static boolean isInjected(BeanInfo bean, InjectionPointInfo point) {
        Type injected = point.getRequiredType();
        if (point.getRequiredQualifier(ALL) != null) {
            injected = argument(injected);
            injected = injected.name().equals(INSTANCE_HANDLE) ? argument(injected) : injected;
        }
        Type required = injected;
        // What looks up beans of any type need not look up this one.
        return !required.name().equals(DotName.OBJECT_NAME)
                && bean.getTypes().stream().anyMatch(type -> isAssignable(type, required))
                && point.getRequiredQualifiers().stream().allMatch(qualifier -> hasQualifier(bean, qualifier));
    }

    private static boolean isAssignable(Type type, Type required) {
        return type.name().equals(required.name())
                && (required.kind() != Type.Kind.PARAMETERIZED_TYPE || type.equals(required));
    }

    private static boolean hasQualifier(BeanInfo bean, AnnotationInstance qualifier) {
        return qualifier.name().equals(ALL) || bean.getQualifiers().stream().anyMatch(qualifier::equivalentTo);
    }

    private static Type argument(Type type) {
        return type.kind() == Type.Kind.PARAMETERIZED_TYPE ? type.asParameterizedType().arguments().get(0) : type;
    }
}
