package io.quarkiverse.procdaemon.bench.process;

import java.util.List;
import java.util.stream.Collectors;

/** Rows for the eye. */
final class Table {

    private Table() {
    }

    static String of(List<Difference> rows) {
        return line("", rows.get(0).than(), rows.get(0).n() + " subsystems", "difference") + rows.stream()
                .map(row -> line(row.what(), row.base(), row.other(), row.difference())).collect(Collectors.joining());
    }

    private static String line(String title, Object base, Object other, Object difference) {
        return String.format("  %-11s %24s %24s %24s%n", title, base, other, difference);
    }
}
