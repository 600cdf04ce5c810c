package io.quarkiverse.procdaemon.bench.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.bench.engine.Body;

@Timeout(60)
class ShapeTest {

    private static List<String> dependencies(String shape, int n) {
        return Shape.named(shape).specs(n, Body.WAITING).stream().map(spec -> spec.name() + spec.dependsOn()).toList();
    }

    @Test
    void flatHasNoDependencies() {
        assertThat(dependencies("flat", 3)).containsExactly("s0[]", "s1[]", "s2[]");
    }

    @Test
    void chainsAreOfTen() {
        assertThat(dependencies("chains", 12)).startsWith("s0[]", "s1[s0]").endsWith("s9[s8]", "s10[]", "s11[s10]");
    }

    @Test
    void theRandomGraphIsAlwaysTheSameWithThreeDependenciesOnTheAverage() {
        assertThat(Shape.DAG.specs(10_000, Body.WAITING).stream().mapToInt(spec -> spec.dependsOn().size()).average()
                .orElseThrow()).isCloseTo(3, within(0.1));
        assertThat(dependencies("dag", 1_000)).isEqualTo(dependencies("dag", 1_000));
        assertThat(dependencies("dag", 1)).containsExactly("s0[]");
    }
}
