package io.quarkiverse.procdaemon.bench.process;

import java.util.List;
import java.util.stream.Collectors;

/** Rows for the eye. */
final class Table {

    private Table() {
    }

    static String of(List<Difference> rows) {
        return line("", "without", "with", "difference") + rows.stream()
                .map(row -> line(row.what(), row.without(), row.with(), row.difference())).collect(Collectors.joining());
    }

    private static String line(String title, Object without, Object with, Object difference) {
        return String.format("  %-11s %24s %24s %24s%n", title, without, with, difference);
    }
}
