package io.quarkiverse.procdaemon.deployment.validation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.jandex.DotName;

import io.quarkiverse.procdaemon.deployment.discovery.Eligibility;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClass;
import io.quarkiverse.procdaemon.deployment.discovery.Subsystems;
import io.quarkiverse.procdaemon.deployment.discovery.SuppliedSubsystem;
import io.quarkiverse.procdaemon.runtime.engine.graph.DependencyGraph;
import io.quarkiverse.procdaemon.runtime.engine.graph.GraphProblem;

/** Rules for the dependencies of subsystems. */
final class DependencyRules {

    private final Map<DotName, SubsystemClass> byType;
    /** The locations of the subsystems of each name. */
    private final Map<String, List<String>> byName = new TreeMap<>();
    private final Map<String, SubsystemClass> disabledByName;
    private final List<SubsystemClass> present;
    private final List<SuppliedSubsystem> supplied;
    private final Set<DotName> unindexed;
    private final Consumer<String> problems;

    private DependencyRules(Subsystems subsystems, Consumer<String> problems) {
        Predicate<SubsystemClass> disabled = subsystem -> subsystem.eligibility() == Eligibility.DISABLED;
        // A class that is declared several times is reported as such.
        this.byType = subsystems.classes().stream().collect(Collectors.toMap(SubsystemClass::type, Function.identity(),
                (first, second) -> first, LinkedHashMap::new));
        this.present = byType.values().stream().filter(subsystem -> !subsystem.eligibility().isLeftOut()).toList();
        this.supplied = subsystems.supplied();
        present.forEach(subsystem -> locate(subsystem.name(), subsystem.location()));
        supplied.forEach(subsystem -> locate(subsystem.name(), subsystem.location()));
        this.disabledByName = subsystems.classes().stream().filter(disabled)
                .collect(Collectors.toMap(SubsystemClass::name, Function.identity(), (first, second) -> first));
        this.unindexed = subsystems.unindexed();
        this.problems = problems;
    }

    private void locate(String name, String location) {
        byName.computeIfAbsent(name, none -> new ArrayList<>()).add(location);
    }

    static void check(Subsystems subsystems, Consumer<String> problems) {
        new DependencyRules(subsystems, problems).check();
    }

    private void check() {
        List<DependencyGraph.Node> nodes = new ArrayList<>();
        for (SubsystemClass subsystem : present) {
            subsystem.dependsOn().forEach(dependency -> checkClass(subsystem, dependency));
            nodes.add(new DependencyGraph.Node(subsystem.name(), dependencies(subsystem).distinct().toList()));
        }
        supplied.forEach(subsystem -> nodes.add(new DependencyGraph.Node(subsystem.name(), subsystem.dependsOn())));
        DependencyGraph.check(nodes).stream().map(this::locate).forEach(problems);
    }

    private void checkClass(SubsystemClass subsystem, DotName dependency) {
        SubsystemClass target = byType.get(dependency);
        if (unindexed.contains(dependency)) {
            problems.accept(subsystem.location() + ": depends on " + dependency
                    + ", which is annotated @Subsystem but is in no "
                    + "index of this build, so it is not a bean; let the build of its jar create an index (the Jandex plugin), or "
                    + "set quarkus.index-dependency.NAME.group-id and .artifact-id to that jar here");
        } else if (target == null) {
            problems.accept(subsystem.location() + ": depends on " + dependency + ", which is not a @Subsystem; "
                    + "annotate that class with @Subsystem or remove it from dependsOn");
        } else if (!isThere(target)) {
            problems.accept(subsystem.location() + ": depends on " + dependency + disabledInThisBuild(target, "dependsOn"));
        }
    }

    /** A class refers to its name, so another subsystem of that name counts too. */
    private boolean isThere(SubsystemClass target) {
        return target.eligibility() != Eligibility.DISABLED || byName.containsKey(target.name());
    }

    private Stream<String> dependencies(SubsystemClass subsystem) {
        return Stream.concat(subsystem.dependsOn().stream().map(byType::get)
                .filter(target -> target != null && isThere(target)).map(SubsystemClass::name),
                subsystem.dependsOnNames().stream());
    }

    private String locate(GraphProblem problem) {
        if (problem instanceof GraphProblem.UnknownDependency unknown) {
            SubsystemClass disabled = disabledByName.get(unknown.dependency());
            return locations(List.of(unknown.subsystem())) + ": " + (disabled == null ? problem.describe()
                    : "depends on '" + unknown.dependency() + "'" + disabledInThisBuild(disabled, "dependsOnNames"));
        } else if (problem instanceof GraphProblem.Cycle cycle) {
            return locations(cycle.path()) + ": " + problem.describe();
        } else if (problem instanceof GraphProblem.DuplicateName duplicate) {
            return locations(List.of(duplicate.name())) + ": " + problem.describe()
                    + (isSupplied(duplicate.name()) ? ""
                            : "; to replace one by the other, select it as an @Alternative with a @Priority, or let "
                                    + "build profiles or properties decide (@IfBuildProfile)");
        }
        return problem.describe();
    }

    /** Code that a recorder supplies is no bean, so nothing can replace it. */
    private boolean isSupplied(String name) {
        return supplied.stream().anyMatch(subsystem -> subsystem.name().equals(name));
    }

    private String locations(Collection<String> names) {
        return names.stream().distinct().flatMap(name -> byName.get(name).stream()).collect(Collectors.joining(", "));
    }

    private static String disabledInThisBuild(SubsystemClass target, String member) {
        return ", a subsystem (" + target.location() + ") that is disabled in this build by a profile, a property or an "
                + "exclusion; enable it, disable this one too, or remove it from " + member;
    }
}
