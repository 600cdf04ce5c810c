package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.List;
import java.util.Set;

import org.jboss.jandex.DotName;

/**
 * All that was found.
 *
 * @param classes the classes annotated {@link io.quarkiverse.procdaemon.Subsystem}, by class name
 * @param strays annotated methods that no such class has or inherits
 * @param unindexed classes that others depend on and that are annotated, but are in no index, so that they are no beans
 */
public record Subsystems(List<SubsystemClass> classes, List<Stray> strays, Set<DotName> unindexed) {
}
