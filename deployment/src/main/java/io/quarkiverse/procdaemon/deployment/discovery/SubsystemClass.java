package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.List;

import org.jboss.jandex.DotName;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.RestartPolicy;

/**
 * A class annotated {@link io.quarkiverse.procdaemon.Subsystem}, or contributed by another extension, as declared.
 *
 * @param type the class
 * @param name the subsystem's name: the annotation's value or the default
 * @param dependsOn the classes it depends on, in the order declared
 * @param dependsOnNames the names it depends on, in the order declared
 * @param restart the restart policy declared
 * @param critical whether it is declared critical
 * @param restartOn the prefixes of the keys whose changes restart it
 * @param bean its bean, null if it is not a bean
 * @param eligibility whether it is a subsystem of this build
 * @param methods its annotated methods, also inherited ones, in the order declared, its own first
 * @param lost methods that override an annotated one without its annotation
 * @param contributor the build step that contributes it; null if it is annotated
 */
public record SubsystemClass(DotName type, String name, List<DotName> dependsOn, List<String> dependsOnNames,
        RestartPolicy restart, boolean critical, List<String> restartOn, @Nullable SubsystemBean bean, Eligibility eligibility,
        List<SubsystemMethod> methods,
        List<LostAnnotation> lost, @Nullable String contributor) {

    /** Its location, for messages: the class name, and where it is contributed. */
    public String location() {
        return contributor == null ? type.toString() : type + " (contributed by " + contributor + ")";
    }

    /** The scope of its bean; null if it is not a bean. */
    public @Nullable DotName scope() {
        return bean == null ? null : bean.scope();
    }

    /** Who else than the daemon calls its bean, if each would get an instance of its own. */
    public List<BeanUse> uses() {
        return bean == null ? List.of() : bean.uses();
    }

    Precedence precedence() {
        return bean.precedence();
    }

    SubsystemClass replaced() {
        return new SubsystemClass(type, name, dependsOn, dependsOnNames, restart, critical, restartOn, bean,
                Eligibility.REPLACED, methods,
                lost, contributor);
    }
}
