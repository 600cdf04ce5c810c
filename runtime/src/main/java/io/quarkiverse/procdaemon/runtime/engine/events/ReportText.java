package io.quarkiverse.procdaemon.runtime.engine.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ShutdownReport.Ending;
import io.quarkiverse.procdaemon.ShutdownReport.Entry;
import io.quarkiverse.procdaemon.ShutdownReport.Escalation;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * The report of a shutdown as people read it: a summary in one line, a table, and what held it up. Plain loops, because it is
 * written once, by a JVM that would have to load and link anything finer first.
 */
public final class ReportText {

    private static final int MOST = 20;
    private static final int COLUMNS = 4;

    private ReportText() {
    }

    /** {@code collector has shut down in 35ms: signal TERM (exit code 143); 3 stopped, 1 abandoned}, and the table. */
    public static String of(ShutdownReport report) {
        StringBuilder text = new StringBuilder(PlainText.escape(report.daemon()));
        if (report.outcome() == Outcome.CRASHED) {
            return text.append(" (process ").append(report.pid()).append(", started at ").append(report.began())
                    .append(") crashed or was killed: there was no shutdown").toString();
        }
        text.append(report.outcome() == Outcome.KILLED ? " is killed " : " has shut down ").append(line(report));
        table(report.entries(), text);
        escalations(report, text);
        if (!report.held().isEmpty()) {
            held(report.held(), newLine(text));
        }
        return text.toString();
    }

    private static void escalations(ShutdownReport report, StringBuilder text) {
        String effect = " after it began and ended the graceful time";
        for (Escalation escalation : report.escalations()) {
            newLine(text).append("  the signal ").append(escalation.signal().name()).append(" came again ")
                    .append(Durations.text(Duration.between(report.began(), escalation.at()))).append(effect);
            effect = " after it began and killed the process";
        }
    }

    /** {@code collector is still shutting down after 15s. What holds it:}, and that. */
    public static String delayed(String daemon, Duration after, List<String> held) {
        return held(held,
                new StringBuilder(PlainText.escape(daemon)).append(" is still shutting down after ")
                        .append(Durations.text(after))
                        .append(". "))
                .toString();
    }

    private static StringBuilder held(List<String> lines, StringBuilder text) {
        text.append("What holds it:");
        for (String line : lines) {
            newLine(text).append("  ").append(PlainText.escape(line));
        }
        return text;
    }

    /** {@code in 35ms: signal TERM (exit code 143); 3 stopped, 1 abandoned}. */
    public static String line(ShutdownReport report) {
        StringBuilder text = new StringBuilder(report.outcome() == Outcome.KILLED ? "after " : "in ")
                .append(Durations.text(report.took())).append(": ").append(reason(reason(report), report.exitCode()))
                .append(report.duringStart() ? ", before it had started" : "");
        counts(report.entries(), text);
        return text.toString();
    }

    private static String reason(ShutdownReport report) {
        return report.reason().isPresent() ? ReasonText.of(report.reason().get()) : "";
    }

    /** {@code signal TERM (exit code 143)}. */
    public static String reason(String reason, OptionalInt exitCode) {
        return exitCode.isPresent() ? reason.concat(" (exit code ").concat(Integer.toString(exitCode.getAsInt())).concat(")")
                : reason;
    }

    private static void counts(List<Entry> entries, StringBuilder text) {
        int[] counts = new int[Ending.NONE.ordinal()];
        for (Entry entry : entries) {
            if (entry.ended() != Ending.NONE) {
                counts[entry.ended().ordinal()]++;
            }
        }
        String separator = "; ";
        for (Ending ending : Ending.values()) {
            if (ending != Ending.NONE && counts[ending.ordinal()] > 0) {
                text.append(separator).append(counts[ending.ordinal()]).append(' ').append(text(ending));
                separator = ", ";
            }
        }
    }

    /** What went wrong comes first, then what took longest, if there are too many; who reads the log is spared the rest. */
    private static void table(List<Entry> entries, StringBuilder text) {
        List<Entry> shown = entries;
        if (entries.size() > MOST) {
            shown = new ArrayList<>(entries);
            shown.sort(new WorstFirst());
            shown = shown.subList(0, MOST);
        }
        String[][] rows = new String[shown.size()][];
        int[] widths = new int[COLUMNS];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = cells(shown.get(i));
            for (int column = 0; column < COLUMNS; column++) {
                widths[column] = Math.max(widths[column], rows[i][column].length());
            }
        }
        for (String[] row : rows) {
            row(row, widths, newLine(text));
        }
        if (shown.size() < entries.size()) {
            newLine(text).append("  and ").append(entries.size() - shown.size()).append(" more");
        }
    }

    private static String[] cells(Entry entry) {
        return new String[] { entry.subsystem(), entry.was().name(), text(entry.ended()), Durations.text(entry.took()),
                PlainText.escape(entry.why()) };
    }

    private static void row(String[] row, int[] widths, StringBuilder text) {
        text.append("  ").append(row[0]);
        for (int column = 1; column < row.length; column++) {
            if (!row[column].isEmpty()) {
                text.append(" ".repeat(widths[column - 1] - row[column - 1].length() + 2)).append(row[column]);
            }
        }
    }

    private static StringBuilder newLine(StringBuilder text) {
        return text.append(System.lineSeparator());
    }

    private static String text(Ending ending) {
        return ending == Ending.NONE ? "-" : ending.name().toLowerCase(Locale.ROOT);
    }

    private static final class WorstFirst implements Comparator<Entry> {

        @Override
        public int compare(Entry one, Entry other) {
            int worse = Boolean.compare(one.why().isEmpty(), other.why().isEmpty());
            return worse != 0 ? worse : other.took().compareTo(one.took());
        }
    }
}
