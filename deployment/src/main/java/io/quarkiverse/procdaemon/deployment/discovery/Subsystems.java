package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.List;
import java.util.Set;

import org.jboss.jandex.DotName;

/**
 * The result of discovery.
 *
 * @param classes the classes annotated {@link io.quarkiverse.procdaemon.Subsystem} or contributed, by class name
 * @param supplied the subsystems without a class of their own, by name
 * @param strays annotated methods that no such class has or inherits
 * @param unindexed annotated classes that others depend on but that are in no index, so they are not beans
 */
public record Subsystems(List<SubsystemClass> classes, List<SuppliedSubsystem> supplied, List<Stray> strays,
        Set<DotName> unindexed) {
}
