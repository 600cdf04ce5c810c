package io.quarkiverse.procdaemon.bench.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.quarkiverse.procdaemon.bench.report.Row.Kind;

/**
 * Prints result files of JMH as Markdown: for each operation the medians, their ratios to the quickest raw threads and to the
 * quickest peer at the same n of the same file, and the exponent with which they grow with n.
 */
public final class Report {

    /** From here on what a single call costs no longer hides what each subsystem costs. */
    private static final int MANY = 1_000;

    private final ResultFile file;

    private Report(ResultFile file) {
        this.file = file;
    }

    /**
     * Prints the report.
     *
     * @param files written by JMH with {@code -rf json}, at least one
     */
    public static void main(String[] files) {
        if (files.length == 0) {
            throw new IllegalArgumentException("name the result files of JMH to report on");
        }
        System.out.print(of(Arrays.stream(files).map(Path::of).toList()));
    }

    /** The report, one file after the other. */
    public static String of(List<Path> files) {
        return files.stream().map(path -> new Report(ResultFile.read(path)).text()).collect(Collectors.joining("\n"));
    }

    private String text() {
        StringBuilder text = new StringBuilder("# " + file.title() + "\n");
        if (!file.about().isEmpty()) {
            text.append('\n').append(file.about()).append('\n');
        }
        by(figure -> figure.row().operation(), file.figures()).forEach((operation, figures) -> text
                .append("\n## ").append(operation).append("\n\n").append(medians(figures)));
        Map<Row, List<Figure>> sized = by(Figure::row, file.figures().stream().filter(each -> each.n() > 0).toList());
        if (!sized.isEmpty()) {
            text.append("\n## Exponents\n\n").append(exponents(sized));
        }
        file.listings().forEach(listing -> text.append("\n## ").append(listing.title()).append("\n\n").append(listing.table()));
        return text.toString();
    }

    private static <K> Map<K, List<Figure>> by(Function<Figure, K> key, List<Figure> figures) {
        return figures.stream().collect(groupingBy(key, LinkedHashMap::new, toList()));
    }

    private static Markdown medians(List<Figure> figures) {
        Markdown table = new Markdown("subject", "n", "median", "error", "to raw", "to the best peer");
        figures.stream().sorted(Comparator.comparingInt(Figure::n)).forEach(each -> table.line(each.row().subject(),
                Markdown.size(each.n()), Markdown.number(each.median(), each.unit()), "± " + Markdown.number(each.error()),
                Markdown.ratio(each.median() / best(Kind.RAW, each.n(), figures)),
                Markdown.ratio(each.median() / best(Kind.PEER, each.n(), figures))));
        return table;
    }

    private static double best(Kind kind, int n, List<Figure> figures) {
        return figures.stream().filter(each -> each.row().kind() == kind && each.n() == n).mapToDouble(Figure::median).min()
                .orElse(Double.NaN);
    }

    private static Markdown exponents(Map<Row, List<Figure>> rows) {
        Markdown table = new Markdown("row", "n", "exponent", "exponent from n = " + MANY);
        rows.forEach((row, figures) -> table.line(row.title(), range(figures), Markdown.ratio(PowerLaw.exponent(figures)),
                Markdown.ratio(PowerLaw.exponent(figures.stream().filter(each -> each.n() >= MANY).toList()))));
        return table;
    }

    private static String range(List<Figure> figures) {
        var sizes = figures.stream().mapToInt(Figure::n).summaryStatistics();
        return sizes.getMin() == sizes.getMax() ? Markdown.size(sizes.getMin()) : sizes.getMin() + " to " + sizes.getMax();
    }
}
