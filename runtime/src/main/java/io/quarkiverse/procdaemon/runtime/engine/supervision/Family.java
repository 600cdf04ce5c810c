package io.quarkiverse.procdaemon.runtime.engine.supervision;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.quarkiverse.procdaemon.runtime.engine.graph.DependencyGraph;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;

/** All subsystems, linked as the graph says. Immutable; the nodes are not. */
public final class Family {

    private final Node[] nodes;
    private final Map<String, Node> byName;

    /**
     * @param maker makes a node that is not linked yet
     * @throws io.quarkiverse.procdaemon.InvalidConfigurationException if the dependencies cannot be put in an order
     */
    Family(List<SubsystemSpec> specs, Function<SubsystemSpec, Node> maker) {
        DependencyGraph graph = DependencyGraph.of(
                specs.stream().map(spec -> new DependencyGraph.Node(spec.name(), spec.dependsOn())).toList());
        nodes = new Node[graph.size()];
        byName = new HashMap<>(nodes.length * 2);
        for (SubsystemSpec spec : specs) {
            Node node = maker.apply(spec);
            nodes[graph.indexOf(spec.name())] = node;
            byName.put(spec.name(), node);
        }
        for (int i = 0; i < nodes.length; i++) {
            nodes[i].link(at(graph.dependencies(i)), at(graph.dependents(i)));
        }
    }

    private Node[] at(int[] indices) {
        return IntStream.of(indices).mapToObj(index -> nodes[index]).toArray(Node[]::new);
    }

    /** In start order. Not to be written to. */
    public Node[] inStartOrder() {
        return nodes;
    }

    /** The subsystem of that name, or null. */
    public Node get(String name) {
        return byName.get(name);
    }
}
