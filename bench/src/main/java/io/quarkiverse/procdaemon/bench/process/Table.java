package io.quarkiverse.procdaemon.bench.process;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.quarkiverse.procdaemon.bench.Sample;

/** What pairs of processes say. The difference is that within a pair, so what slows down both does not count. */
final class Table {

    private Table() {
    }

    static String of(List<Pair> pairs) {
        return line("", "without", "with", "difference")
                + row("start ms", pairs, Measured::start)
                + row("memory MiB", pairs, Measured::memory)
                + row("stop ms", pairs, Measured::stop);
    }

    private static String row(String title, List<Pair> pairs, ToDoubleFunction<Measured> value) {
        return line(title, cell(pairs, pair -> value.applyAsDouble(pair.without())),
                cell(pairs, pair -> value.applyAsDouble(pair.with())),
                cell(pairs, pair -> value.applyAsDouble(pair.with()) - value.applyAsDouble(pair.without())));
    }

    private static String cell(List<Pair> pairs, ToDoubleFunction<Pair> value) {
        Sample sample = Sample.of(pairs.stream().mapToDouble(value).toArray());
        return String.format(Locale.ROOT, "%.1f [%.1f %.1f]", sample.median(), sample.quantile(0.25), sample.quantile(0.75));
    }

    private static String line(String title, String without, String with, String difference) {
        return String.format("  %-11s %24s %24s %24s%n", title, without, with, difference);
    }
}
