package io.quarkiverse.procdaemon.bench.report;

import java.nio.file.Path;
import java.util.List;

/** Prints two result files of JMH side by side, with what has changed, and whether that is more than the error. */
public final class Compare {

    private static final double PERCENT = 100;

    private Compare() {
    }

    /**
     * Prints the comparison.
     *
     * @param files two, written by JMH with {@code -rf json}: before and after
     */
    public static void main(String[] files) {
        if (files.length != 2) {
            throw new IllegalArgumentException("name two result files of JMH: before and after");
        }
        System.out.print(of(Path.of(files[0]), Path.of(files[1])));
    }

    static String of(Path before, Path after) {
        ResultFile first = ResultFile.read(before);
        ResultFile second = ResultFile.read(after);
        Markdown table = new Markdown("row", "n", "before", "after", "change", "error", "");
        first.figures().forEach(old -> second.find(old).ifPresent(now -> addLine(table, old, now)));
        return "# From " + first.title() + " to " + second.title() + "\n\n" + table
                + missing("Only before", first, second) + missing("Only after", second, first);
    }

    private static void addLine(Markdown table, Figure old, Figure now) {
        if (!old.unit().equals(now.unit())) {
            throw new IllegalArgumentException(old.row().title() + " is in " + old.unit() + " before and in " + now.unit()
                    + " after; measure both in the same unit");
        }
        double change = PERCENT * (now.median() - old.median()) / old.median();
        double error = PERCENT * Math.hypot(old.error(), now.error()) / old.median();
        table.line(old.row().title(), Markdown.size(old.n()), Markdown.number(old.median(), old.unit()),
                Markdown.number(now.median(), now.unit()), Markdown.percent(change),
                "± " + Markdown.percent(error).replace("+", ""), verdict(change, error));
    }

    private static String verdict(double change, double error) {
        if (Double.isNaN(error)) {
            return "error unknown";
        }
        if (Math.abs(change) <= error) {
            return "within the error";
        }
        return change > 0 ? "more" : "less";
    }

    private static String missing(String title, ResultFile in, ResultFile from) {
        List<String> rows = in.figures().stream().filter(each -> from.find(each).isEmpty())
                .map(each -> "- " + each.row().title() + (each.n() == 0 ? "" : ", n = " + each.n()) + "\n").toList();
        return rows.isEmpty() ? "" : "\n" + title + ":\n\n" + String.join("", rows);
    }
}
