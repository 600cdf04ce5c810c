package io.quarkiverse.procdaemon.bench.process;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What pairs of processes say of one thing. The difference is that within a pair, so what slows down both does not count.
 *
 * @param what is measured, with its unit
 * @param n how many subsystems the one with the extension has
 * @param pairs of runs
 * @param without the extension
 * @param with it
 * @param difference what the extension adds
 */
public record Difference(String what, int n, int pairs, Quartiles without, Quartiles with, Quartiles difference) {

    static Difference of(String what, int n, List<Pair> pairs, ToDoubleFunction<Measured> value) {
        return new Difference(what, n, pairs.size(), quartiles(pairs, pair -> value.applyAsDouble(pair.without())),
                quartiles(pairs, pair -> value.applyAsDouble(pair.with())),
                quartiles(pairs, pair -> value.applyAsDouble(pair.with()) - value.applyAsDouble(pair.without())));
    }

    private static Quartiles quartiles(List<Pair> pairs, ToDoubleFunction<Pair> value) {
        return Quartiles.of(pairs.stream().mapToDouble(value).toArray());
    }
}
