package io.quarkiverse.procdaemon.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.DependencyGraph;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;

@Timeout(60)
class ShapeTest {

    private static List<String> dependencies(Shape shape, int n) {
        return shape.specs(n, Behavior.NONE).stream().map(spec -> spec.name() + spec.dependsOn()).toList();
    }

    @Test
    void flatHasNoDependencies() {
        assertThat(dependencies(Shape.FLAT, 3)).containsExactly("s0[]", "s1[]", "s2[]");
    }

    @Test
    void chainsAreOfTen() {
        assertThat(dependencies(Shape.CHAINS, 12)).startsWith("s0[]", "s1[s0]").endsWith("s9[s8]", "s10[]", "s11[s10]");
    }

    @Test
    void theRandomGraphIsAlwaysTheSameWithThreeDependenciesOnTheAverage() {
        List<SubsystemSpec> specs = Shape.DAG.specs(10_000, Behavior.NONE);
        assertThat(specs.stream().mapToInt(spec -> spec.dependsOn().size()).average().orElseThrow()).isCloseTo(3, within(0.1));
        assertThat(DependencyGraph.check(specs.stream()
                .map(spec -> new DependencyGraph.Node(spec.name(), spec.dependsOn())).toList())).isEmpty();
        assertThat(dependencies(Shape.DAG, 1_000)).isEqualTo(dependencies(Shape.DAG, 1_000));
        assertThat(dependencies(Shape.DAG, 1)).containsExactly("s0[]");
    }
}
