package io.quarkiverse.procdaemon.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tables of Markdown, and how figures are written in them. */
final class Markdown {

    private static final String NOTHING = "–";
    private static final MathContext DIGITS = new MathContext(4);

    private final StringBuilder text = new StringBuilder();

    /** A table with these titles; columns but the first are numbers, and to the right. */
    Markdown(String... titles) {
        add(Arrays.asList(titles));
        text.append("|---|").append("---:|".repeat(titles.length - 1)).append('\n');
    }

    Markdown line(String... cells) {
        add(Arrays.asList(cells));
        return this;
    }

    private void add(List<String> cells) {
        text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** Four digits. */
    static String number(double value) {
        return finite(value) ? new BigDecimal(value).round(DIGITS).toPlainString() : NOTHING;
    }

    static String number(double value, String unit) {
        return number(value) + " " + unit;
    }

    static String ratio(double value) {
        return finite(value) ? String.format(Locale.ROOT, "%.2f", value) : NOTHING;
    }

    static String percent(double value) {
        return finite(value) ? String.format(Locale.ROOT, "%+.1f%%", value) : NOTHING;
    }

    /** The size; nothing for a benchmark that has none. */
    static String size(int n) {
        return n == 0 ? NOTHING : Integer.toString(n);
    }

    private static boolean finite(double value) {
        return Double.isFinite(value);
    }
}
