package io.quarkiverse.procdaemon.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import io.quarkiverse.procdaemon.bench.compare.Statistics.Point;
import io.quarkiverse.procdaemon.bench.compare.Statistics.Quartiles;

/**
 * Prints the results of one or more runs, and what one subject takes in comparison with another of the same run: {@code now}
 * with {@code before} and with what has no extension ({@code without}, {@code plain}), everything else with {@code now}. Each
 * difference and ratio is made of two neighbours in time, and those of several runs are put together; values of different runs
 * are never compared.
 */
public final class Compare {

    private static final List<String> WITHOUT = List.of("without", "plain");
    private static final Map<String, List<String>> REFERENCES = Map.of("before", WITHOUT, "without", List.of(), "plain",
            List.of(), "now", List.of("before", "without", "plain"));
    /** From here on the cost of the call itself no longer hides that of each subsystem. */
    private static final int MANY = 1_000;

    private final List<Results> runs;
    private final List<Row> rows = new ArrayList<>();

    private Compare(List<Results> runs) {
        this.runs = runs;
        for (Results run : runs) {
            for (Row row : run.rows()) {
                if (rows.stream().noneMatch(row::isSame)) {
                    rows.add(row);
                }
            }
        }
    }

    /** @param files written by JMH with {@code -rf json}, or by {@code Bench} */
    public static void main(String[] files) {
        if (files.length == 0) {
            throw new IllegalArgumentException("name the result files of JMH to compare");
        }
        System.out.print(of(Stream.of(files).map(Path::of).toList()));
    }

    /** Tables in Markdown. */
    public static String of(List<Path> files) {
        List<Results> runs = files.stream().map(Results::read).toList();
        return "JDK " + runs.stream().map(Results::jdk).distinct().collect(Collectors.joining(", ")) + "; medians [quartiles]\n"
                + new Compare(runs).tables();
    }

    private String tables() {
        StringBuilder text = new StringBuilder();
        for (String group : new LinkedHashSet<>(rows.stream().map(Row::group).toList())) {
            Table table = new Table("what", "with", "n", "subject", "median", "p99", "bytes", "than", "difference", "ratio");
            rows.stream().filter(row -> row.group().equals(group))
                    .collect(Collectors.groupingBy(Row::benchmark, LinkedHashMap::new, Collectors.toList()))
                    .forEach((benchmark, all) -> all.forEach(row -> add(table, row)));
            text.append("\n## ").append(group).append("\n\n").append(table);
        }
        return text + exponents();
    }

    private void add(Table table, Row row) {
        List<Row> all = everywhere(row);
        String[] cells = { row.benchmark(), row.parameters(), row.n() == 0 ? "" : String.valueOf(row.n()), row.subject(),
                Table.spread(quartiles(all)), Table.number(mean(all, Row::p99)), Table.number(mean(all, Row::bytes)) };
        boolean compared = false;
        for (String reference : REFERENCES.getOrDefault(row.subject(), List.of("now"))) {
            Quartiles ratio = pairs(row, reference, (one, other) -> one / other);
            if (ratio != null) {
                compared = true;
                table.line(cells, reference, Table.spread(pairs(row, reference, (one, other) -> one - other)),
                        Table.spread(ratio));
            }
        }
        if (!compared) {
            table.line(cells, "", "", "");
        }
    }

    /** The same row in all runs that have it. */
    private List<Row> everywhere(Row row) {
        return runs.stream().flatMap(run -> run.rows().stream()).filter(row::isSame).toList();
    }

    private static Quartiles quartiles(List<Row> all) {
        return Quartiles.of(all.stream().flatMapToDouble(row -> DoubleStream.of(row.values())).toArray());
    }

    private static double mean(List<Row> all, Function<Row, Double> value) {
        return all.stream().mapToDouble(value::apply).average().orElse(Double.NaN);
    }

    /** What neighbours say; null if no run has the reference. */
    private Quartiles pairs(Row row, String reference, DoubleBinaryOperator operator) {
        List<Double> all = new ArrayList<>();
        for (Results run : runs) {
            for (Row one : run.rows()) {
                if (one.isSame(row)) {
                    run.rows().stream().filter(one::isBeside).filter(other -> other.subject().equals(reference))
                            .forEach(other -> pair(one.values(), other.values(), operator, all));
                }
            }
        }
        return all.isEmpty() ? null : Quartiles.of(all.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Those with the same number were neighbours; where one has more, each is compared with each. */
    private static void pair(double[] one, double[] other, DoubleBinaryOperator operator, List<Double> all) {
        for (int i = 0; i < one.length; i++) {
            for (int j = 0; j < other.length; j++) {
                if (i == j || one.length != other.length) {
                    all.add(operator.applyAsDouble(one[i], other[j]));
                }
            }
        }
    }

    private String exponents() {
        Table table = new Table("what", "subject", "n", "exponent", "from " + MANY);
        Map<List<String>, List<Row>> series = rows.stream().filter(row -> row.n() > 0).collect(Collectors.groupingBy(
                row -> List.of((row.group() + "." + row.benchmark() + " " + row.parameters()).strip(), row.subject()),
                LinkedHashMap::new,
                Collectors.toList()));
        series.forEach((name, all) -> {
            List<Point> points = all.stream().map(row -> new Point(row.n(), quartiles(everywhere(row)).median())).toList();
            if (points.size() > 2) {
                table.line(new String[] { name.get(0), name.get(1) },
                        points.stream().mapToInt(Point::n).min().orElseThrow() + " to "
                                + points.stream().mapToInt(Point::n).max().orElseThrow(),
                        Table.number(Statistics.exponent(points)),
                        Table.number(Statistics.exponent(points.stream().filter(point -> point.n() >= MANY).toList())));
            }
        });
        return table.isEmpty() ? "" : "\n## Growth with n, as its exponent\n\n" + table;
    }
}
