package io.quarkiverse.procdaemon.deployment.validation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.quarkiverse.procdaemon.deployment.discovery.LifecycleAnnotation;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClass;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemMethod;
import io.quarkiverse.procdaemon.deployment.discovery.Subsystems;

/** Which methods a subsystem may have. */
final class MethodRules {

    private MethodRules() {
    }

    static void check(Subsystems subsystems, Consumer<String> problems) {
        for (SubsystemClass subsystem : subsystems.classes()) {
            if (!subsystem.standing().isLeftOut()) {
                checkOneOfEach(subsystem, problems);
                subsystem.methods().forEach(method -> Signature.check(method, problems));
            }
        }
        subsystems.strays().stream().filter(stray -> !StrayRule.isForOthers(stray)).map(StrayRule::problem).forEach(problems);
    }

    private static void checkOneOfEach(SubsystemClass subsystem, Consumer<String> problems) {
        Map<LifecycleAnnotation, List<SubsystemMethod>> byAnnotation = subsystem.methods().stream().collect(
                Collectors.groupingBy(SubsystemMethod::annotation, () -> new EnumMap<>(LifecycleAnnotation.class),
                        Collectors.toList()));
        byAnnotation.forEach((annotation, methods) -> {
            if (methods.size() > 1) {
                problems.accept(subsystem.location() + ": has " + methods.size() + " methods annotated " + annotation + ": "
                        + methods.stream().map(method -> inWords(subsystem, method)).collect(Collectors.joining(" and "))
                        + "; keep the annotation on one of them");
            }
        });
    }

    private static String inWords(SubsystemClass subsystem, SubsystemMethod method) {
        return method.method().declaringClass().name().equals(subsystem.type()) ? method.signature() : method.location();
    }
}
