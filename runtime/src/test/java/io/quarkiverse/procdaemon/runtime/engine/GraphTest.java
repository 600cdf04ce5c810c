package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.runtime.engine.graph.DependencyGraph;
import io.quarkiverse.procdaemon.runtime.engine.graph.DependencyGraph.Node;
import io.quarkiverse.procdaemon.runtime.engine.graph.GraphProblem;

@Timeout(60)
class GraphTest {

    private static Node node(String name, String... dependsOn) {
        return new Node(name, List.of(dependsOn));
    }

    private static List<String> problems(Node... nodes) {
        return DependencyGraph.check(List.of(nodes)).stream().map(GraphProblem::describe).toList();
    }

    @Test
    void whereTheGraphLeavesAChoiceTheOrderIsAsDeclared() {
        DependencyGraph graph = DependencyGraph.of(List.of(node("d", "b", "c"), node("z"), node("b", "a"), node("c", "a"),
                node("a")));
        assertThat(graph.names()).containsExactly("z", "a", "b", "c", "d");
        assertThat(IntStream.range(0, graph.size()).map(graph::declared)).containsExactly(1, 4, 2, 3, 0);
        assertThat(graph.dependencies(4)).containsExactly(2, 3);
        assertThat(graph.dependents(1)).containsExactly(2, 3);
        assertThat(graph.dependents(4)).isEmpty();
    }

    @Test
    void aCycleIsShownWithItsWholePath() {
        assertThat(problems(node("entry", "a"), node("a", "b"), node("b", "c"), node("c", "a"))).containsExactly(
                "the dependencies form a cycle: a -> b -> c -> a; remove one of these dependencies");
        assertThat(problems(node("a", "a"))).containsExactly(
                "the dependencies form a cycle: a -> a; remove one of these dependencies");
        assertThat(problems(node("a", "b"), node("b", "a"), node("c", "d"), node("d", "c"))).hasSize(2);
    }

    @Test
    void duplicatesAndUnknownNamesAreShownTogether() {
        assertThat(problems(node("a", "x"), node("a"), node("b", "y"))).containsExactly(
                "there are two subsystems named 'a'; give one of them another name",
                "subsystem 'a' depends on 'x', which does not exist; known subsystems: a, b",
                "subsystem 'b' depends on 'y', which does not exist; known subsystems: a, b");
    }

    @Test
    void aCycleOfAHundredThousandIsFoundWithoutRecursion() {
        int length = 100_000;
        List<Node> ring = IntStream.range(0, length).mapToObj(i -> node("s" + i, "s" + (i + 1) % length)).toList();
        List<GraphProblem> problems = DependencyGraph.check(ring);
        assertThat(problems).hasSize(1);
        assertThat(((GraphProblem.Cycle) problems.get(0)).path()).hasSize(length + 1).startsWith("s0").endsWith("s0");
    }

    @Test
    void anyOrderOfDeclarationGivesEachAfterWhatItNeeds() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int size = 1 + random.nextInt(60);
            List<Integer> shuffled = new ArrayList<>(IntStream.range(0, size).boxed().toList());
            Collections.shuffle(shuffled, random);
            List<Node> nodes = new ArrayList<>();
            for (int i : shuffled) {
                nodes.add(new Node("s" + i, IntStream.range(0, i).filter(j -> random.nextInt(4) == 0)
                        .mapToObj(j -> "s" + j).toList()));
            }
            DependencyGraph graph = DependencyGraph.of(nodes);
            assertThat(graph.names()).as("seed %d", seed).hasSize(size).doesNotHaveDuplicates();
            for (int i = 0; i < size; i++) {
                for (int needed : graph.dependencies(i)) {
                    assertThat(needed).as("seed %d", seed).isLessThan(i);
                    assertThat(graph.dependents(needed)).as("seed %d", seed).contains(i).isSorted();
                }
            }
        }
    }
}
