package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * Finds chains of subsystems that stop one after the other and together claim more time than is available. Iterative and,
 * except for sorting the result, linear in subsystems and dependencies.
 * <p>
 * A chain begins with a subsystem that claims time and before which no other such subsystem stops, and follows its dependencies
 * to the last one that claims time, along the path with the largest sum. A subsystem without a claim counts as zero.
 */
public final class StopBudget {

    /** The maximum number of chains in the result. */
    static final int FULL = 10;

    private final DependencyGraph graph;
    private final Duration[] claims;
    private final Duration[] totals;
    private final int[] next;

    private StopBudget(DependencyGraph graph, Function<String, Optional<Duration>> claim) {
        this.graph = graph;
        this.claims = new Duration[graph.size()];
        this.totals = new Duration[graph.size()];
        this.next = new int[graph.size()];
        for (int i = 0; i < claims.length; i++) {
            claims[i] = claim.apply(graph.name(i)).orElse(Duration.ZERO);
            Duration longest = Duration.ZERO;
            next[i] = -1;
            for (int dependency : graph.dependencies(i)) {
                if (totals[dependency].compareTo(longest) > 0) {
                    longest = totals[dependency];
                    next[i] = dependency;
                }
            }
            totals[i] = Durations.sum(claims[i], longest);
        }
    }

    /**
     * Subsystems that stop one after the other, in this order.
     *
     * @param names their names
     * @param claims the time that each claims, or zero
     * @param total their sum
     */
    public record Chain(List<String> names, List<Duration> claims, Duration total) {
    }

    /**
     * The chains that claim more time than is available.
     *
     * @param chains the longest ones, the longest first
     * @param more the number of others
     */
    public record Excess(List<Chain> chains, int more) {
    }

    /**
     * The longest chain from each subsystem that begins one, if it does not fit.
     *
     * @param claim the time that a subsystem may take to stop, by its name; empty or positive
     * @param available the time available; a chain that takes exactly this fits
     */
    public static Excess of(DependencyGraph graph, Function<String, Optional<Duration>> claim, Duration available) {
        StopBudget budget = new StopBudget(graph, claim);
        List<Integer> offending = budget.firsts().filter(first -> budget.totals[first].compareTo(available) > 0).boxed()
                .sorted(Comparator.comparing((Integer first) -> budget.totals[first]).reversed()).toList();
        return new Excess(offending.stream().limit(FULL).map(budget::chain).toList(),
                Math.max(0, offending.size() - FULL));
    }

    private IntStream firsts() {
        boolean[] preceded = new boolean[claims.length];
        for (int i = claims.length - 1; i >= 0; i--) {
            if (preceded[i] || !claims[i].isZero()) {
                for (int dependency : graph.dependencies(i)) {
                    preceded[dependency] = true;
                }
            }
        }
        return IntStream.range(0, claims.length).filter(i -> !preceded[i] && !claims[i].isZero());
    }

    private Chain chain(int first) {
        List<String> names = new ArrayList<>();
        List<Duration> along = new ArrayList<>();
        for (int i = first; i >= 0; i = next[i]) {
            names.add(graph.name(i));
            along.add(claims[i]);
        }
        return new Chain(List.copyOf(names), List.copyOf(along), totals[first]);
    }
}
