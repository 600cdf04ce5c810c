package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.List;

/**
 * All that was found.
 *
 * @param classes the classes annotated {@link io.quarkiverse.procdaemon.Subsystem}, by class name
 * @param strays annotated methods that no such class has or inherits
 */
public record Subsystems(List<SubsystemClass> classes, List<SubsystemMethod> strays) {
}
