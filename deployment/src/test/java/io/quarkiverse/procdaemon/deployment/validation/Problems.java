package io.quarkiverse.procdaemon.deployment.validation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Singleton;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.discovery.Discovery;
import io.quarkiverse.procdaemon.deployment.discovery.Precedence;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemBean;
import io.quarkiverse.procdaemon.deployment.discovery.Subsystems;
import io.quarkus.arc.DefaultBean;
import io.quarkus.arc.processor.BeanArchives;
import io.quarkus.arc.profile.IfBuildProfile;

/** What validation says of some classes. */
final class Problems {

    private Problems() {
    }

    static List<String> problems(Class<?>... types) {
        return problemsWithout(Set.of(), types);
    }

    static List<String> problemsWithout(Set<Class<?>> noBeans, Class<?>... types) {
        return Validation.problems(discoveredWithout(noBeans, types));
    }

    static List<String> warnings(Class<?>... types) {
        return Validation.warnings(discoveredWithout(Set.of(), types));
    }

    static Subsystems discoveredWithout(Set<Class<?>> noBeans, Class<?>... types) {
        List<Class<?>> indexed = new ArrayList<>(List.of(types));
        indexed.add(Subsystem.class);
        try {
            Index index = Index.of(indexed);
            return Discovery.discover(
                    // As in a build: finds a class by its name even if it is in no index.
                    BeanArchives.buildComputingBeanArchiveIndex(Problems.class.getClassLoader(), new ConcurrentHashMap<>(),
                            index),
                    index.getKnownClasses().stream()
                            .filter(type -> noBeans.stream().noneMatch(none -> none.getName().equals(type.name().toString())))
                            .collect(Collectors.toMap(ClassInfo::name, Problems::bean)),
                    type -> type.name().toString().equals(DependencyValidationTest.Off.class.getName()),
                    List.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SubsystemBean bean(ClassInfo type) {
        return new SubsystemBean(DotName.createSimple(
                type.hasDeclaredAnnotation(RequestScoped.class) ? RequestScoped.class : Singleton.class), precedence(type),
                List.of());
    }

    /** For those who annotate the class itself; in a build Arc says it. */
    private static Precedence precedence(ClassInfo type) {
        if (type.hasDeclaredAnnotation(Priority.class)) {
            return new Precedence(Precedence.Level.ALTERNATIVE,
                    type.declaredAnnotation(DotName.createSimple(Priority.class)).value().asInt());
        } else if (type.hasDeclaredAnnotation(IfBuildProfile.class)) {
            return new Precedence(Precedence.Level.CONDITIONAL, 0);
        }
        return type.hasDeclaredAnnotation(DefaultBean.class) ? new Precedence(Precedence.Level.DEFAULT, 0) : Precedence.PLAIN;
    }
}
