package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.runtime.engine.graph.DependencyGraph;
import io.quarkiverse.procdaemon.runtime.engine.graph.GraphProblem;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemNames;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;

/** All subsystems, linked as the graph says. Changed on the event loop only, read anywhere. */
public final class Family {

    private static final Node[] NONE = {};

    private final Function<SubsystemSpec, Node> maker;
    private final NodeList nodes;
    private final Map<String, Node> byName;

    /**
     * @param maker makes a node that is not linked yet
     * @throws InvalidConfigurationException if the dependencies cannot be put in an order
     */
    Family(List<SubsystemSpec> specs, Function<SubsystemSpec, Node> maker) {
        this.maker = maker;
        DependencyGraph graph = DependencyGraph.of(
                specs.stream().map(spec -> new DependencyGraph.Node(spec.name(), spec.dependsOn())).toList());
        Node[] ordered = new Node[graph.size()];
        byName = new ConcurrentHashMap<>(ordered.length * 2);
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = maker.apply(specs.get(graph.declared(i)));
            byName.put(graph.name(i), ordered[i]);
        }
        for (int i = 0; i < ordered.length; i++) {
            ordered[i].link(at(ordered, graph.dependencies(i)), at(ordered, graph.dependents(i)));
        }
        nodes = new NodeList(ordered);
    }

    private static Node[] at(Node[] nodes, int[] indices) {
        if (indices.length == 0) {
            return NONE;
        }
        Node[] result = new Node[indices.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = nodes[indices[i]];
        }
        return result;
    }

    /** In start order. */
    public NodeList inStartOrder() {
        return nodes;
    }

    /** The subsystem of that name, or null. */
    public Node get(String name) {
        return byName.get(name);
    }

    /**
     * Adds one that depends only on what is there, so that it comes last in start order and closes no ring.
     *
     * @throws InvalidConfigurationException with every problem, if there is any
     */
    Node add(SubsystemSpec spec) {
        List<GraphProblem> problems = problems(spec);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(ErrorCode.INVALID_SUBSYSTEMS, "the registration of '" + spec.name() + "'",
                    problems.stream().map(GraphProblem::describe).toList());
        }
        Node node = maker.apply(spec);
        Node[] dependencies = new Node[spec.dependsOn().size()];
        for (int i = 0; i < dependencies.length; i++) {
            dependencies[i] = byName.get(spec.dependsOn().get(i));
        }
        node.link(dependencies);
        for (Node dependency : node.dependencies()) {
            dependency.dependents().add(node);
        }
        nodes.add(node);
        byName.put(spec.name(), node);
        return node;
    }

    private List<GraphProblem> problems(SubsystemSpec spec) {
        List<GraphProblem> problems = new ArrayList<>();
        if (!SubsystemNames.isLegal(spec.name())) {
            problems.add(new GraphProblem.IllegalName(spec.name()));
        }
        if (byName.containsKey(spec.name())) {
            problems.add(new GraphProblem.DuplicateName(spec.name()));
        }
        for (String dependency : spec.dependsOn()) {
            Node node = byName.get(dependency);
            if (dependency.equals(spec.name())) {
                problems.add(new GraphProblem.Cycle(List.of(spec.name(), spec.name())));
            } else if (node == null || node.leaving) {
                problems.add(new GraphProblem.UnknownDependency(spec.name(), dependency,
                        byName.keySet().stream().sorted().toList()));
            }
        }
        return problems;
    }

    /** Removes one that nothing depends on. */
    void remove(Node node) {
        byName.remove(node.name());
        nodes.remove(node);
        for (Node dependency : node.dependencies()) {
            dependency.dependents().remove(node);
        }
    }
}
