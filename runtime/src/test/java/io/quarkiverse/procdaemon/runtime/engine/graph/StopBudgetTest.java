package io.quarkiverse.procdaemon.runtime.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.runtime.engine.graph.DependencyGraph.Node;
import io.quarkiverse.procdaemon.runtime.engine.graph.StopBudget.Chain;
import io.quarkiverse.procdaemon.runtime.engine.graph.StopBudget.Excess;

@Timeout(60)
class StopBudgetTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void aChainOfAHundredThousandIsFoundWithoutRecursion() {
        int length = 100_000;
        DependencyGraph graph = DependencyGraph.of(IntStream.range(0, length)
                .mapToObj(i -> new Node("s" + i, i == 0 ? List.of() : List.of("s" + (i - 1)))).toList());

        assertThat(StopBudget.of(graph, name -> Optional.of(SECOND), SECOND.multipliedBy(length)).chains()).isEmpty();
        Excess excess = StopBudget.of(graph, name -> Optional.of(SECOND), SECOND.multipliedBy(length - 1));

        assertThat(excess.more()).isZero();
        assertThat(excess.chains()).singleElement().satisfies(chain -> {
            assertThat(chain.total()).isEqualTo(SECOND.multipliedBy(length));
            assertThat(chain.names()).hasSize(length).startsWith("s99999", "s99998").endsWith("s1", "s0");
            assertThat(chain.claims()).hasSize(length).containsOnly(SECOND);
        });
    }

    @Test
    void manyChainsOnALongTailAreNotAllSpelledOut() {
        int length = 50_000;
        List<Node> nodes = new ArrayList<>();
        IntStream.range(0, length).mapToObj(i -> new Node("s" + i, i == 0 ? List.of() : List.of("s" + (i - 1))))
                .forEach(nodes::add);
        IntStream.range(0, length).mapToObj(i -> new Node("top" + i, List.of("s" + (length - 1)))).forEach(nodes::add);

        Excess excess = StopBudget.of(DependencyGraph.of(nodes), name -> Optional.of(SECOND), SECOND);

        assertThat(excess.more()).isEqualTo(length - StopBudget.FULL);
        assertThat(excess.chains()).hasSize(StopBudget.FULL)
                .allSatisfy(chain -> assertThat(chain.names()).hasSize(length + 1));
    }

    /** Against the definition, tried out on every path there is. */
    @Test
    void findsTheLongestChainOfEachFirst() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            int size = 1 + random.nextInt(9);
            List<Node> nodes = IntStream.range(0, size).mapToObj(i -> new Node("s" + i,
                    IntStream.range(0, i).filter(j -> random.nextInt(3) == 0).mapToObj(j -> "s" + j).toList())).toList();
            DependencyGraph graph = DependencyGraph.of(nodes);
            Duration[] claims = IntStream.range(0, size).mapToObj(i -> Duration.ofSeconds(Math.max(0, random.nextInt(6) - 2)))
                    .toArray(Duration[]::new);
            Function<String, Optional<Duration>> claim = name -> Optional.of(claims[Integer.parseInt(name.substring(1))])
                    .filter(value -> !value.isZero());
            Duration available = Duration.ofSeconds(random.nextInt(8));

            Excess excess = StopBudget.of(graph, claim, available);

            List<Duration> expected = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                if (!claims[i].isZero() && !precededByAClaim(graph, "s" + i, claim)) {
                    Duration longest = longest(graph, "s" + i, claim);
                    if (longest.compareTo(available) > 0) {
                        expected.add(longest);
                    }
                }
            }
            assertThat(excess.chains().stream().map(Chain::total)).as("seed %d", seed).isSortedAccordingTo(
                    (a, b) -> b.compareTo(a)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(excess.chains()).as("seed %d", seed).allSatisfy(chain -> assertSound(graph, chain, claim));
        }
    }

    private static boolean precededByAClaim(DependencyGraph graph, String name,
            Function<String, Optional<Duration>> claim) {
        for (int dependent : graph.dependents(graph.names().indexOf(name))) {
            if (claim.apply(graph.name(dependent)).isPresent() || precededByAClaim(graph, graph.name(dependent), claim)) {
                return true;
            }
        }
        return false;
    }

    private static Duration longest(DependencyGraph graph, String name, Function<String, Optional<Duration>> claim) {
        Duration longest = Duration.ZERO;
        for (int dependency : graph.dependencies(graph.names().indexOf(name))) {
            Duration below = longest(graph, graph.name(dependency), claim);
            longest = below.compareTo(longest) > 0 ? below : longest;
        }
        return claim.apply(name).orElse(Duration.ZERO).plus(longest);
    }

    private static void assertSound(DependencyGraph graph, Chain chain, Function<String, Optional<Duration>> claim) {
        assertThat(chain.claims().stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(chain.total());
        assertThat(chain.claims().get(0)).isPositive();
        assertThat(chain.claims().get(chain.claims().size() - 1)).isPositive();
        for (int i = 0; i < chain.names().size(); i++) {
            assertThat(chain.claims().get(i)).isEqualTo(claim.apply(chain.names().get(i)).orElse(Duration.ZERO));
            if (i > 0) {
                assertThat(graph.dependencies(graph.names().indexOf(chain.names().get(i - 1))))
                        .contains(graph.names().indexOf(chain.names().get(i)));
            }
        }
    }
}
