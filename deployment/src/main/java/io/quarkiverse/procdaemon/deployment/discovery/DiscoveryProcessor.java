package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.Vetoed;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;

import io.quarkus.arc.deployment.BeanArchiveIndexBuildItem;
import io.quarkus.arc.deployment.BeanDefiningAnnotationBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.TransformedAnnotationsBuildItem;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.arc.processor.BuiltinScope;
import io.quarkus.deployment.annotations.BuildStep;

class DiscoveryProcessor {

    private static final DotName VETOED = DotName.createSimple(Vetoed.class);

    @BuildStep
    BeanDefiningAnnotationBuildItem subsystemsAreBeans() {
        return new BeanDefiningAnnotationBuildItem(Discovery.SUBSYSTEM, BuiltinScope.SINGLETON.getName(), false);
    }

    @BuildStep
    SubsystemsBuildItem discover(BeanArchiveIndexBuildItem index, BeanDiscoveryFinishedBuildItem discovery,
            TransformedAnnotationsBuildItem annotations) {
        Map<DotName, DotName> scopes = discovery.beanStream().classBeans()
                .filter(Predicate.not(DiscoveryProcessor::isUnselectedAlternative))
                .stream().collect(Collectors.toMap(BeanInfo::getBeanClass, bean -> bean.getScope().getDotName()));
        // Quarkus vetoes the classes that a build profile or property disables.
        Predicate<ClassInfo> disabled = type -> annotations.hasAnnotation(type, VETOED);
        return new SubsystemsBuildItem(Discovery.discover(index.getIndex(), scopes, disabled));
    }

    private static boolean isUnselectedAlternative(BeanInfo bean) {
        return bean.isAlternative() && bean.getPriority() == null;
    }
}
