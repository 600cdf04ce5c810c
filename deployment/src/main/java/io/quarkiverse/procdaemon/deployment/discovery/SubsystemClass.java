package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.List;

import org.jboss.jandex.DotName;

import io.quarkiverse.procdaemon.RestartPolicy;

/**
 * A class annotated {@link io.quarkiverse.procdaemon.Subsystem}, as it was written.
 *
 * @param type the class
 * @param name the subsystem's name: the annotation's value or the default
 * @param dependsOn the classes it depends on, in the order declared
 * @param dependsOnNames the names it depends on, in the order declared
 * @param restart the restart policy declared
 * @param critical whether it is declared critical
 * @param scope the scope of the bean, null if it is none
 * @param standing whether it is a subsystem of this build
 * @param methods the annotated methods it has and inherits, in the order declared, its own first
 */
public record SubsystemClass(DotName type, String name, List<DotName> dependsOn, List<String> dependsOnNames,
        RestartPolicy restart, boolean critical, DotName scope, Standing standing, List<SubsystemMethod> methods) {

    /** Where it stands, for messages: the class name. */
    public String location() {
        return type.toString();
    }
}
