package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.InvalidConfigurationException;

/**
 * An immutable directed acyclic graph of subsystems. They are numbered in start order: each after everything it depends on,
 * and where the graph leaves a choice, as they were declared (Kahn's algorithm with a first-in first-out queue). Building one
 * takes time linear in subsystems and dependencies.
 */
public final class DependencyGraph {

    private static final int[] NONE = {};

    private final List<String> names;
    private final int[] order;
    private final int[][] dependencies;
    private final int[][] dependents;

    private DependencyGraph(List<String> names, int[] order, int[][] dependencies, int[][] dependents) {
        this.names = names;
        this.order = order;
        this.dependencies = dependencies;
        this.dependents = dependents;
    }

    /** A subsystem as the graph sees it. */
    public record Node(String name, List<String> dependsOn) {
    }

    /**
     * Builds the graph.
     *
     * @throws InvalidConfigurationException with all problems, if there are any
     */
    public static DependencyGraph of(List<Node> nodes) {
        List<GraphProblem> problems = new ArrayList<>();
        DependencyGraph graph = build(nodes, problems);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(ErrorCode.INVALID_SUBSYSTEMS, "the graph of the subsystems",
                    problems.stream().map(GraphProblem::describe).toList());
        }
        return graph;
    }

    /** All problems that {@link #of} would report. */
    public static List<GraphProblem> check(List<Node> nodes) {
        List<GraphProblem> problems = new ArrayList<>();
        build(nodes, problems);
        return problems;
    }

    /** How many subsystems there are; they are numbered from 0. */
    public int size() {
        return names.size();
    }

    /** The names in start order. */
    public List<String> names() {
        return names;
    }

    /** The name of a subsystem. */
    public String name(int index) {
        return names.get(index);
    }

    /** The index of a subsystem among the nodes from which the graph was built. */
    public int declared(int index) {
        return order[index];
    }

    /** The direct dependencies of a subsystem, in the order declared. Must not be modified. */
    public int[] dependencies(int index) {
        return dependencies[index];
    }

    /** The direct dependents of a subsystem, in start order. Must not be modified. */
    public int[] dependents(int index) {
        return dependents[index];
    }

    /** Each after those that it depends on; throws as {@link #of}. */
    public static List<SubsystemSpec> inStartOrder(List<SubsystemSpec> specs) {
        DependencyGraph graph = of(specs.stream().map(spec -> new Node(spec.name(), spec.dependsOn())).toList());
        return Arrays.stream(graph.order).mapToObj(specs::get).toList();
    }

    private static @Nullable DependencyGraph build(List<Node> nodes, List<GraphProblem> problems) {
        Map<String, Integer> declared = new HashMap<>(nodes.size() * 2);
        for (int i = 0; i < nodes.size(); i++) {
            if (declared.putIfAbsent(nodes.get(i).name(), i) != null) {
                problems.add(new GraphProblem.DuplicateName(nodes.get(i).name()));
            }
        }
        int[][] needs = new int[nodes.size()][];
        for (int i = 0; i < needs.length; i++) {
            needs[i] = resolve(nodes.get(i), declared, problems);
        }
        int[] order = order(needs);
        if (order.length < needs.length) {
            Cycles.find(needs, cycle -> problems.add(
                    new GraphProblem.Cycle(Arrays.stream(cycle).mapToObj(i -> nodes.get(i).name()).toList())));
        }
        return problems.isEmpty() ? renumber(nodes, needs, order) : null;
    }

    private static int[] resolve(Node node, Map<String, Integer> declared, List<GraphProblem> problems) {
        List<String> dependsOn = node.dependsOn();
        int[] needs = array(dependsOn.size());
        int known = 0;
        for (String dependency : dependsOn) {
            Integer index = declared.get(dependency);
            if (index == null) {
                problems.add(new GraphProblem.UnknownDependency(node.name(), dependency,
                        declared.keySet().stream().sorted().toList()));
            } else {
                needs[known++] = index;
            }
        }
        return known == needs.length ? needs : Arrays.copyOf(needs, known);
    }

    private static int[] order(int[][] needs) {
        int[][] neededBy = invert(needs);
        int[] missing = new int[needs.length];
        // Also the queue: nodes that are ready are appended, and are in order once they have been visited.
        int[] order = new int[needs.length];
        int ready = 0;
        for (int i = 0; i < needs.length; i++) {
            missing[i] = needs[i].length;
            if (missing[i] == 0) {
                order[ready++] = i;
            }
        }
        for (int next = 0; next < ready; next++) {
            for (int dependent : neededBy[order[next]]) {
                if (--missing[dependent] == 0) {
                    order[ready++] = dependent;
                }
            }
        }
        return ready == order.length ? order : Arrays.copyOf(order, ready);
    }

    private static DependencyGraph renumber(List<Node> nodes, int[][] needs, int[] order) {
        int[] position = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            position[order[i]] = i;
        }
        String[] names = new String[order.length];
        int[][] dependencies = new int[order.length][];
        for (int i = 0; i < order.length; i++) {
            names[i] = nodes.get(order[i]).name();
            dependencies[i] = at(position, needs[order[i]]);
        }
        return new DependencyGraph(List.of(names), order, dependencies, invert(dependencies));
    }

    private static int[] at(int[] values, int[] indices) {
        int[] result = array(indices.length);
        for (int i = 0; i < result.length; i++) {
            result[i] = values[indices[i]];
        }
        return result;
    }

    /** A shared one if it is empty, as most are. */
    private static int[] array(int length) {
        return length == 0 ? NONE : new int[length];
    }

    private static int[][] invert(int[][] edges) {
        int[] degree = new int[edges.length];
        for (int[] targets : edges) {
            for (int target : targets) {
                degree[target]++;
            }
        }
        int[][] inverse = new int[edges.length][];
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = array(degree[i]);
        }
        for (int source = 0; source < edges.length; source++) {
            for (int target : edges[source]) {
                int[] sources = inverse[target];
                sources[sources.length - degree[target]--] = source;
            }
        }
        return inverse;
    }
}
