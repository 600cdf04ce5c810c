package io.quarkiverse.procdaemon.deployment.validation;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;

import org.jboss.jandex.DotName;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.deployment.discovery.BeanUse;
import io.quarkiverse.procdaemon.deployment.discovery.Eligibility;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClass;
import io.quarkiverse.procdaemon.deployment.discovery.Subsystems;
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
            String unfit = unfitness(subsystem.eligibility());
            if (unfit != null) {
                problems.accept(subsystem.location() + ": a @Subsystem cannot be " + unfit);
            }
            if (!subsystem.eligibility().isLeftOut() && !SubsystemSpec.isLegalName(subsystem.name())) {
                problems.accept(subsystem.location() + ": '" + subsystem.name() + "' is not a legal name for a subsystem; "
                        + "use letters, digits, '-', '_' and '.'");
            }
            if (!subsystem.eligibility().isLeftOut() && subsystem.restartOn().stream().anyMatch(String::isBlank)) {
                problems.accept(subsystem.location() + ": restartOn has a blank prefix, so that every change of the "
                        + "configuration would restart it; remove it, or name the keys that it reads at its start");
            }
            if (subsystem.scope() != null && SHORT_SCOPES.contains(subsystem.scope())) {
                problems.accept(subsystem.location() + ": a @Subsystem lives as long as the daemon and cannot be @"
                        + subsystem.scope().withoutPackagePrefix() + "; remove the scope, or use @ApplicationScoped");
            }
            for (BeanUse use : subsystem.eligibility().isLeftOut() ? List.<BeanUse> of() : subsystem.uses()) {
                problems.accept(use.location() + ": " + objection(subsystem, use));
            }
        }
    }

    private static String objection(SubsystemClass subsystem, BeanUse use) {
        return use.annotation().isEmpty()
                ? "the @Dependent subsystem " + subsystem.location() + " cannot be injected, since that would be another "
                        + "instance than the one that runs; make the subsystem @ApplicationScoped, or inject a bean that both use"
                : "there cannot be " + use.annotation() + " in the @Dependent subsystem " + subsystem.location()
                        + ", since it would call another instance than the one that runs; move it to a bean that both use, or "
                        + "make the subsystem @ApplicationScoped";
    }

    private static @Nullable String unfitness(Eligibility eligibility) {
        return switch (eligibility) {
            case ENABLED, DISABLED, REPLACED -> null;
            case INTERFACE -> "an interface; annotate the class that implements it";
            case ABSTRACT -> "an abstract class; annotate the class that extends it";
            case ENUM -> "an enum; make it a class";
            case INNER -> "an inner class; make it static or a class of its own";
            case NO_CONSTRUCTOR -> "a class without a constructor that CDI can call; "
                    + "annotate one with @Inject or add one without parameters";
        };
    }
}
