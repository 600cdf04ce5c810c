package io.quarkiverse.procdaemon.runtime.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.engine.graph.DependencyGraph.Node;

/** The chain that takes longest to start. */
class StartBudgetTest {

    private static final DependencyGraph DIAMOND = DependencyGraph.of(List.of(new Node("top", List.of("left", "right")),
            new Node("left", List.of("base")), new Node("right", List.of("base")), new Node("base", List.of()),
            new Node("alone", List.of())));

    private static StartBudget budget(Map<String, Integer> seconds) {
        return StartBudget.of(DIAMOND, name -> Duration.ofSeconds(seconds.getOrDefault(name, 1)));
    }

    @Test
    void isTheOneWithTheLargestSum() {
        StartBudget budget = budget(Map.of("right", 5));
        assertThat(budget.names()).containsExactly("base", "right", "top");
        assertThat(budget.total()).isEqualTo(Duration.ofSeconds(7));
        assertThat(budget.explanation()).isEqualTo("1s (base) + 5s (right) + 1s (top) = 7s");
    }

    @Test
    void mayBeASingleSubsystem() {
        StartBudget budget = budget(Map.of("alone", 60));
        assertThat(budget.names()).containsExactly("alone");
        assertThat(budget.explanation()).isEqualTo("1m (alone) = 1m");
    }

    @Test
    void leavesOutWhatIsNotStarted() {
        assertThat(budget(Map.of("base", 0, "left", 0, "right", 0, "alone", 0)).names()).containsExactly("top");
        StartBudget none = budget(Map.of("top", 0, "base", 0, "left", 0, "right", 0, "alone", 0));
        assertThat(none.names()).isEmpty();
        assertThat(none.explanation()).isEqualTo("0s");
    }

    @Test
    void veryLongTimeoutsDoNotOverflow() {
        assertThat(StartBudget.of(DIAMOND, name -> Duration.ofSeconds(Long.MAX_VALUE)).total())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(Long.MAX_VALUE));
    }

    @Test
    void isEmptyWithoutSubsystems() {
        assertThat(StartBudget.of(DependencyGraph.of(List.of()), name -> Duration.ofSeconds(1)))
                .isEqualTo(new StartBudget(List.of(), List.of(), Duration.ZERO));
    }
}
