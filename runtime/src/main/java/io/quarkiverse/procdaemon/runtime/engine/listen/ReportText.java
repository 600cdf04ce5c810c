package io.quarkiverse.procdaemon.runtime.engine.listen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ShutdownReport.Ending;
import io.quarkiverse.procdaemon.ShutdownReport.Entry;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.runtime.engine.time.DurationText;

/** The report of a shutdown as people read it: a line that says it all, a table, and what held it up. */
public final class ReportText {

    private static final int MOST = 50;

    private ReportText() {
    }

    /** {@code collector has shut down in 35ms: signal TERM (exit code 143); 3 stopped, 1 abandoned}, and the table. */
    public static String of(ShutdownReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.daemon() + (report.outcome() == Outcome.KILLED ? " is killed " : " has shut down ") + line(report));
        lines.addAll(table(report.entries()));
        if (!report.held().isEmpty()) {
            lines.add("What holds it:");
            report.held().forEach(line -> lines.add("  " + line));
        }
        return String.join(System.lineSeparator(), lines);
    }

    /** {@code in 35ms: signal TERM (exit code 143); 3 stopped, 1 abandoned}. */
    public static String line(ShutdownReport report) {
        return (report.outcome() == Outcome.KILLED ? "after " : "in ") + DurationText.of(report.took()) + ": "
                + reason(report.reason(), report.exitCode()) + counts(report.entries());
    }

    /** {@code signal TERM (exit code 143)}. */
    public static String reason(String reason, OptionalInt exitCode) {
        return reason + (exitCode.isPresent() ? " (exit code " + exitCode.getAsInt() + ")" : "");
    }

    private static String counts(List<Entry> entries) {
        Map<Ending, Long> counts = entries.stream().filter(entry -> entry.ended() != Ending.NONE)
                .collect(Collectors.groupingBy(Entry::ended, () -> new EnumMap<>(Ending.class), Collectors.counting()));
        return counts.isEmpty() ? ""
                : counts.entrySet().stream().map(count -> count.getValue() + " " + text(count.getKey()))
                        .collect(Collectors.joining(", ", "; ", ""));
    }

    /** What went wrong comes first, then what took longest; who reads a log of thousands is spared the rest. */
    private static List<String> table(List<Entry> entries) {
        List<Entry> shown = entries.size() <= MOST ? entries
                : entries.stream().sorted(Comparator.comparing((Entry entry) -> entry.why().isEmpty())
                        .thenComparing(Entry::took, Comparator.reverseOrder())).limit(MOST).toList();
        int name = width(shown.stream().map(Entry::subsystem).toList());
        int was = width(shown.stream().map(entry -> entry.was().name()).toList());
        int ended = width(shown.stream().map(entry -> text(entry.ended())).toList());
        int took = width(shown.stream().map(entry -> DurationText.of(entry.took())).toList());
        List<String> rows = new ArrayList<>(shown.stream().map(entry -> ("  " + pad(entry.subsystem(), name)
                + pad(entry.was().name(), was) + pad(text(entry.ended()), ended) + pad(DurationText.of(entry.took()), took)
                + entry.why()).stripTrailing()).toList());
        if (shown.size() < entries.size()) {
            rows.add("  and " + (entries.size() - shown.size()) + " more");
        }
        return rows;
    }

    private static int width(List<String> cells) {
        return cells.stream().mapToInt(String::length).max().orElse(0) + 2;
    }

    private static String pad(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }

    private static String text(Ending ending) {
        return ending == Ending.NONE ? "-" : ending.name().toLowerCase(Locale.ROOT);
    }
}
