package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.inject.Vetoed;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;

import io.quarkiverse.procdaemon.deployment.SubsystemBuildItem;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanArchiveIndexBuildItem;
import io.quarkus.arc.deployment.BeanDefiningAnnotationBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.TransformedAnnotationsBuildItem;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.arc.processor.BuiltinScope;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.arc.profile.UnlessBuildProfile;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.arc.properties.UnlessBuildProperty;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.execannotations.ExecutionModelAnnotationsAllowedBuildItem;

class DiscoveryProcessor {

    private static final DotName VETOED = DotName.createSimple(Vetoed.class);
    private static final List<DotName> CONDITIONS = Stream
            .of(IfBuildProfile.class, UnlessBuildProfile.class, IfBuildProperty.class, IfBuildProperty.List.class,
                    UnlessBuildProperty.class, UnlessBuildProperty.List.class)
            .map(DotName::createSimple).toList();

    @BuildStep
    BeanDefiningAnnotationBuildItem subsystemsAreBeans() {
        return new BeanDefiningAnnotationBuildItem(Discovery.SUBSYSTEM, BuiltinScope.SINGLETON.getName(), false);
    }

    /** What is not on the class path cannot be indexed; validation reports it. */
    @BuildStep
    List<AdditionalBeanBuildItem> contributionsAreBeans(List<SubsystemBuildItem> contributions) {
        return contributions.stream().flatMap(contribution -> contribution.getBeanClass().stream())
                .filter(QuarkusClassLoader::isClassPresentAtRuntime)
                .map(type -> AdditionalBeanBuildItem.builder().addBeanClass(type)
                        .setDefaultScope(BuiltinScope.SINGLETON.getName()).setUnremovable().build())
                .toList();
    }

    @BuildStep
    SubsystemClassesBuildItem declared(CombinedIndexBuildItem index, List<SubsystemBuildItem> contributions) {
        Map<ClassInfo, String> names = new LinkedHashMap<>();
        for (AnnotationInstance annotation : index.getIndex().getAnnotations(Discovery.SUBSYSTEM)) {
            names.put(annotation.target().asClass(), Discovery.nameOf(annotation));
        }
        for (SubsystemBuildItem contribution : contributions) {
            contribution.getBeanClass().map(DotName::createSimple).map(index.getComputingIndex()::getClassByName)
                    .ifPresent(type -> names.putIfAbsent(type, contribution.getName()));
        }
        return new SubsystemClassesBuildItem(names);
    }

    // Quarkus does not consider them entry points and would fail the build; our validation says what to do instead.
    @BuildStep
    ExecutionModelAnnotationsAllowedBuildItem lifecycleMethods() {
        return new ExecutionModelAnnotationsAllowedBuildItem(method -> Stream.of(LifecycleAnnotation.values())
                .anyMatch(annotation -> method.hasDeclaredAnnotation(annotation.annotation())));
    }

    @BuildStep
    SubsystemsBuildItem discover(BeanArchiveIndexBuildItem index, BeanDiscoveryFinishedBuildItem discovery,
            TransformedAnnotationsBuildItem annotations, SubsystemClassesBuildItem declared,
            List<SubsystemBuildItem> contributions) {
        BeanUses uses = new BeanUses(index.getIndex(), discovery);
        Map<DotName, SubsystemBean> beans = discovery.beanStream().classBeans()
                .filter(Predicate.not(DiscoveryProcessor::isUnselectedAlternative))
                .stream().collect(Collectors.toMap(BeanInfo::getBeanClass,
                        bean -> new SubsystemBean(bean.getScope().getDotName(), precedence(bean, annotations),
                                isOfRun(bean, declared) ? uses.of(bean) : List.of())));
        // Quarkus vetoes the classes that a build profile or property disables.
        Predicate<ClassInfo> disabled = type -> annotations.hasAnnotation(type, VETOED);
        return new SubsystemsBuildItem(Discovery.discover(index.getIndex(), beans, disabled, contributions));
    }

    private static boolean isOfRun(BeanInfo bean, SubsystemClassesBuildItem declared) {
        return BuiltinScope.DEPENDENT.is(bean.getScope()) && declared.contains(bean.getTarget().get().asClass());
    }

    private static Precedence precedence(BeanInfo bean, TransformedAnnotationsBuildItem annotations) {
        if (bean.isAlternative()) {
            return new Precedence(Precedence.Level.ALTERNATIVE, bean.getPriority());
        } else if (CONDITIONS.stream().anyMatch(condition -> annotations.hasAnnotation(bean.getTarget().get(), condition))) {
            return new Precedence(Precedence.Level.CONDITIONAL, 0);
        }
        return bean.isDefaultBean() ? new Precedence(Precedence.Level.DEFAULT, 0) : Precedence.PLAIN;
    }

    private static boolean isUnselectedAlternative(BeanInfo bean) {
        return bean.isAlternative() && bean.getPriority() == null;
    }
}
