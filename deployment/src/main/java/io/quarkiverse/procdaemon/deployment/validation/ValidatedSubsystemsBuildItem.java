package io.quarkiverse.procdaemon.deployment.validation;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.jandex.DotName;

import io.quarkiverse.procdaemon.deployment.discovery.Eligibility;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClass;
import io.quarkiverse.procdaemon.deployment.discovery.Subsystems;
import io.quarkiverse.procdaemon.deployment.discovery.SuppliedSubsystem;
import io.quarkiverse.procdaemon.runtime.engine.graph.DependencyGraph;
import io.quarkus.builder.item.SimpleBuildItem;

/** The valid subsystems of this build. */
public final class ValidatedSubsystemsBuildItem extends SimpleBuildItem {

    private final List<SubsystemClass> subsystems;
    private final List<SuppliedSubsystem> supplied;
    private final Map<DotName, String> names;

    ValidatedSubsystemsBuildItem(Subsystems all) {
        this.supplied = all.supplied();
        this.subsystems = all.classes().stream().filter(subsystem -> subsystem.eligibility() == Eligibility.ENABLED).toList();
        // Including replaced ones: a dependency on such a class refers to the subsystem of its name.
        this.names = all.classes().stream().collect(Collectors.toMap(SubsystemClass::type, SubsystemClass::name));
    }

    /** The enabled ones that have a class of their own, by class name. */
    public List<SubsystemClass> subsystems() {
        return subsystems;
    }

    /** Those whose code a recorder supplies, by name. */
    public List<SuppliedSubsystem> supplied() {
        return supplied;
    }

    /** All of them, as the graph sees them. */
    public List<DependencyGraph.Node> nodes() {
        return Stream.concat(
                subsystems.stream().map(subsystem -> new DependencyGraph.Node(subsystem.name(), dependencies(subsystem))),
                supplied.stream().map(subsystem -> new DependencyGraph.Node(subsystem.name(), subsystem.dependsOn())))
                .toList();
    }

    /** The names of the dependencies of one of them, each once. */
    public List<String> dependencies(SubsystemClass subsystem) {
        return Stream.concat(subsystem.dependsOn().stream().map(names::get),
                subsystem.dependsOnNames().stream()).distinct().toList();
    }
}
