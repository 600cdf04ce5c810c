package io.quarkiverse.procdaemon.deployment.validation;

import java.lang.reflect.Modifier;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jboss.jandex.ClassInfo;

import io.quarkiverse.procdaemon.deployment.discovery.LifecycleAnnotation;
import io.quarkiverse.procdaemon.deployment.discovery.Stray;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClass;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemMethod;
import io.quarkiverse.procdaemon.deployment.discovery.Subsystems;
import io.quarkiverse.procdaemon.runtime.rules.IntervalExpression;

/** Rules for the methods of subsystems. */
final class MethodRules {

    private MethodRules() {
    }

    static void check(Subsystems subsystems, Consumer<String> problems) {
        for (SubsystemClass subsystem : subsystems.classes()) {
            if (!subsystem.eligibility().isLeftOut()) {
                checkOneOfEach(subsystem, problems);
                for (SubsystemMethod method : subsystem.methods()) {
                    Signature.check(method, problems);
                    checkInterval(method, problems);
                }
            }
        }
        subsystems.strays().stream().filter(stray -> !isForOthers(stray)).map(MethodRules::problem).forEach(problems);
    }

    private static void checkInterval(SubsystemMethod method, Consumer<String> problems) {
        if (method.every() != null) {
            try {
                IntervalExpression.of(method.every());
            } catch (IllegalArgumentException malformed) {
                problems.accept(method.location() + ": " + malformed.getMessage());
            }
        }
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

    /** Whether nothing in this build can inherit it, as in a library of base classes: only a warning. */
    static boolean isForOthers(Stray stray) {
        return Modifier.isAbstract(declaring(stray).flags()) && stray.heirs().isEmpty();
    }

    static String warning(Stray stray) {
        return noEffect(stray) + ", since nothing in this build " + (isOfInterface(stray) ? "implements " : "extends ")
                + declaring(stray).name();
    }

    static String problem(Stray stray) {
        if (isOfInterface(stray)) {
            return noEffect(stray) + ", since annotations of an interface are not inherited; annotate the method of "
                    + (stray.losers().isEmpty() ? "a @Subsystem that implements it" : list(stray.losers(), " and "));
        } else if (Modifier.isAbstract(declaring(stray).flags())) {
            return noEffect(stray) + ", since no @Subsystem extends " + declaring(stray).name() + "; annotate "
                    + list(stray.heirs(), " or ") + " with @Subsystem or remove " + stray.method().annotation();
        }
        return noEffect(stray) + ", since " + declaring(stray).name() + " is neither a @Subsystem nor a superclass of one; "
                + "annotate the class with @Subsystem or remove " + stray.method().annotation();
    }

    private static String noEffect(Stray stray) {
        return stray.method().location() + ": " + stray.method().annotation() + " has no effect here";
    }

    private static boolean isOfInterface(Stray stray) {
        return declaring(stray).isInterface();
    }

    private static ClassInfo declaring(Stray stray) {
        return stray.method().method().declaringClass();
    }

    private static String list(List<String> names, String word) {
        return String.join(word, names);
    }
}
