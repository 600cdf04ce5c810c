package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * The chain of subsystems that start one after the other and take longest if each takes its whole start timeout: what a service
 * manager must allow before it takes a start for hung.
 *
 * @param names their names, in the order in which they start; none if there are no subsystems
 * @param timeouts the start timeout of each
 * @param total their sum
 */
public record StartBudget(List<String> names, List<Duration> timeouts, Duration total) {

    /** @param timeout the start timeout of a subsystem, by its name; zero if it is not started */
    public static StartBudget of(DependencyGraph graph, Function<String, Duration> timeout) {
        Duration[] own = new Duration[graph.size()];
        Duration[] totals = new Duration[graph.size()];
        int[] before = new int[graph.size()];
        int last = -1;
        for (int i = 0; i < own.length; i++) {
            own[i] = timeout.apply(graph.name(i));
            before[i] = longest(graph.dependencies(i), totals);
            totals[i] = before[i] < 0 ? own[i] : Durations.sum(own[i], totals[before[i]]);
            last = last < 0 || totals[i].compareTo(totals[last]) > 0 ? i : last;
        }
        List<String> names = new ArrayList<>();
        List<Duration> timeouts = new ArrayList<>();
        for (int i = last; i >= 0; i = before[i]) {
            if (!own[i].isZero()) {
                names.add(0, graph.name(i));
                timeouts.add(0, own[i]);
            }
        }
        return new StartBudget(List.copyOf(names), List.copyOf(timeouts), last < 0 ? Duration.ZERO : totals[last]);
    }

    private static int longest(int[] dependencies, Duration[] totals) {
        int longest = -1;
        for (int dependency : dependencies) {
            longest = longest < 0 || totals[dependency].compareTo(totals[longest]) > 0 ? dependency : longest;
        }
        return longest;
    }

    /** How the total is calculated: {@code 30s (journal) + 30s (ingest) = 1m}. */
    public String explanation() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            parts.add(Durations.text(timeouts.get(i)) + " (" + names.get(i) + ")");
        }
        return parts.isEmpty() ? Durations.text(total) : String.join(" + ", parts) + " = " + Durations.text(total);
    }
}
