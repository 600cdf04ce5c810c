package io.quarkiverse.procdaemon.deployment.validation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Singleton;

import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.discovery.Discovery;

/** What validation says of some classes. */
final class Problems {

    private Problems() {
    }

    static List<String> problems(Class<?>... types) {
        return problemsWithout(Set.of(), types);
    }

    static List<String> problemsWithout(Set<Class<?>> noBeans, Class<?>... types) {
        List<Class<?>> indexed = new ArrayList<>(List.of(types));
        indexed.add(Subsystem.class);
        try {
            Index index = Index.of(indexed);
            return Validation.problems(Discovery.discover(index, index.getKnownClasses().stream()
                    .filter(type -> noBeans.stream().noneMatch(none -> none.getName().equals(type.name().toString())))
                    .collect(Collectors.toMap(type -> type.name(), type -> type.hasDeclaredAnnotation(RequestScoped.class)
                            ? DotName.createSimple(RequestScoped.class)
                            : DotName.createSimple(Singleton.class))),
                    type -> type.name().toString().equals(DependencyValidationTest.Off.class.getName())));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
