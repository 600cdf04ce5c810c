package io.quarkiverse.procdaemon.deployment.validation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;

import org.jboss.jandex.DotName;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.deployment.discovery.BeanUse;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClass;
import io.quarkiverse.procdaemon.deployment.discovery.Subsystems;
import io.quarkiverse.procdaemon.deployment.discovery.SuppliedSubsystem;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;

/** Rules for the classes and names of subsystems. */
final class ClassRules {

    private static final Set<DotName> SHORT_SCOPES = Set.of(DotName.createSimple(RequestScoped.class),
            DotName.createSimple(SessionScoped.class), DotName.createSimple(ConversationScoped.class),
            DotName.createSimple("jakarta.transaction.TransactionScoped"));

    private ClassRules() {
    }

    static void check(Subsystems subsystems, Consumer<String> problems) {
        for (SubsystemClass subsystem : subsystems.classes()) {
            String unfit = unfitness(subsystem);
            if (unfit != null) {
                problems.accept(subsystem.location() + ": " + unfit);
            }
            if (!subsystem.eligibility().isLeftOut()) {
                checkDeclaration(subsystem.location(), subsystem.name(), subsystem.restartOn(), problems);
            }
            if (subsystem.scope() != null && SHORT_SCOPES.contains(subsystem.scope())) {
                problems.accept(subsystem.location() + ": a " + kind(subsystem) + " lives as long as the daemon and cannot be @"
                        + subsystem.scope().withoutPackagePrefix() + "; remove the scope, or use @ApplicationScoped");
            }
            for (BeanUse use : subsystem.eligibility().isLeftOut() ? List.<BeanUse> of() : subsystem.uses()) {
                problems.accept(use.location() + ": " + objection(subsystem, use));
            }
        }
        for (SuppliedSubsystem subsystem : subsystems.supplied()) {
            checkDeclaration(subsystem.location(), subsystem.name(), subsystem.restartOn(), problems);
        }
        checkOneEach(subsystems, problems);
    }

    private static void checkDeclaration(String location, String name, List<String> restartOn, Consumer<String> problems) {
        if (!SubsystemSpec.isLegalName(name)) {
            problems.accept(location + ": '" + name + "' is not a legal name for a subsystem; "
                    + "use letters, digits, '-', '_' and '.'");
        }
        if (restartOn.stream().anyMatch(String::isBlank)) {
            problems.accept(location + ": restartOn has a blank prefix, so that every change of the "
                    + "configuration would restart it; remove it, or name the keys that it reads at its start");
        }
    }

    private static void checkOneEach(Subsystems subsystems, Consumer<String> problems) {
        Map<DotName, List<SubsystemClass>> byType = subsystems.classes().stream()
                .collect(Collectors.groupingBy(SubsystemClass::type, TreeMap::new, Collectors.toList()));
        byType.forEach((type, declarations) -> {
            if (declarations.size() > 1) {
                problems.accept(declarations.stream().map(SubsystemClass::location).collect(Collectors.joining(", "))
                        + ": one class cannot be several subsystems ("
                        + declarations.stream().map(SubsystemClass::name).collect(Collectors.joining(", "))
                        + "); remove all but one of the contributions, or @Subsystem");
            }
        });
    }

    private static String objection(SubsystemClass subsystem, BeanUse use) {
        return use.annotation().isEmpty()
                ? "the @Dependent subsystem " + subsystem.location() + " cannot be injected, since that would be another "
                        + "instance than the one that runs; make the subsystem @ApplicationScoped, or inject a bean that both use"
                : "there cannot be " + use.annotation() + " in the @Dependent subsystem " + subsystem.location()
                        + ", since it would call another instance than the one that runs; move it to a bean that both use, or "
                        + "make the subsystem @ApplicationScoped";
    }

    private static @Nullable String unfitness(SubsystemClass subsystem) {
        String cannotBe = "a " + kind(subsystem) + " cannot be ";
        String declare = subsystem.contributor() == null ? "annotate" : "contribute";
        return switch (subsystem.eligibility()) {
            case ENABLED -> subsystem.contributor() == null || !subsystem.methods().isEmpty() ? null
                    : "has no method for the daemon to call; annotate its methods with @OnStart, @Run, @OnStop, @Healthy or "
                            + "@OnReload";
            case DISABLED, REPLACED -> null;
            case INTERFACE -> cannotBe + "an interface; " + declare + " the class that implements it";
            case ABSTRACT -> cannotBe + "an abstract class; " + declare + " the class that extends it";
            case ENUM -> cannotBe + "an enum; make it a class";
            case INNER -> cannotBe + "an inner class; make it static or a class of its own";
            case NO_CONSTRUCTOR -> cannotBe + "a class without a constructor that CDI can call; "
                    + "annotate one with @Inject or add one without parameters";
            case MISSING -> "this class is not on the class path of the application; correct its name, or add it to the "
                    + "runtime artifact of the extension";
        };
    }

    private static String kind(SubsystemClass subsystem) {
        return subsystem.contributor() == null ? "@Subsystem" : "contributed subsystem";
    }
}
