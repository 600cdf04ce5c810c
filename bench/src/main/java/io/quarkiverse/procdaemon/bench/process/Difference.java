package io.quarkiverse.procdaemon.bench.process;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What pairs of processes say of one thing. The difference is that within a pair, so what slows down both does not count.
 *
 * @param what is measured, with its unit
 * @param by what runs the application
 * @param than what the base is: the application without the extension, or with it and no subsystems
 * @param n how many subsystems the other has
 * @param pairs of runs
 * @param base what is compared with
 * @param other the application with the extension and its subsystems
 * @param difference what the other has more
 */
public record Difference(String what, String by, String than, int n, int pairs, Quartiles base, Quartiles other,
        Quartiles difference) {

    static Difference of(String what, String by, String than, int n, List<Pair> pairs, ToDoubleFunction<Measured> value) {
        return new Difference(what, by, than, n, pairs.size(), quartiles(pairs, pair -> value.applyAsDouble(pair.base())),
                quartiles(pairs, pair -> value.applyAsDouble(pair.other())),
                quartiles(pairs, pair -> value.applyAsDouble(pair.other()) - value.applyAsDouble(pair.base())));
    }

    private static Quartiles quartiles(List<Pair> pairs, ToDoubleFunction<Pair> value) {
        return Quartiles.of(pairs.stream().mapToDouble(value).toArray());
    }
}
