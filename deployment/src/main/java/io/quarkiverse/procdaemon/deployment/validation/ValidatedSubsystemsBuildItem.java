package io.quarkiverse.procdaemon.deployment.validation;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.jandex.DotName;

import io.quarkiverse.procdaemon.deployment.discovery.Eligibility;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClass;
import io.quarkus.builder.item.SimpleBuildItem;

/** The valid subsystems of this build. */
public final class ValidatedSubsystemsBuildItem extends SimpleBuildItem {

    private final List<SubsystemClass> subsystems;
    private final Map<DotName, String> names;

    ValidatedSubsystemsBuildItem(List<SubsystemClass> classes) {
        this.subsystems = classes.stream().filter(subsystem -> subsystem.eligibility() == Eligibility.ENABLED).toList();
        // Including replaced ones: a dependency on such a class refers to the subsystem of its name.
        this.names = classes.stream().collect(Collectors.toMap(SubsystemClass::type, SubsystemClass::name));
    }

    /** The enabled ones, by class name. */
    public List<SubsystemClass> subsystems() {
        return subsystems;
    }

    /** The names of the dependencies of one of them, each once. */
    public List<String> dependencies(SubsystemClass subsystem) {
        return Stream.concat(subsystem.dependsOn().stream().map(names::get),
                subsystem.dependsOnNames().stream()).distinct().toList();
    }
}
