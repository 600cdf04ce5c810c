package io.quarkiverse.procdaemon.bench.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.procdaemon.bench.compare.Statistics.Quartiles;

/** A table in Markdown, without the columns that nothing stands in. */
final class Table {

    private static final MathContext DIGITS = new MathContext(3);

    private final List<String[]> lines = new ArrayList<>();

    Table(String... titles) {
        lines.add(titles);
    }

    void line(String[] first, String... rest) {
        List<String> cells = new ArrayList<>(List.of(first));
        cells.addAll(List.of(rest));
        lines.add(cells.toArray(String[]::new));
    }

    boolean isEmpty() {
        return lines.size() == 1;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            text.append(line(i, true)).append('\n').append(i == 0 ? line(i, false) + "\n" : "");
        }
        return text.toString();
    }

    private String line(int number, boolean text) {
        StringBuilder line = new StringBuilder("|");
        for (int column = 0; column < lines.get(0).length; column++) {
            int it = column;
            if (lines.stream().skip(1).anyMatch(cells -> !cells[it].isEmpty())) {
                line.append(text ? " " + lines.get(number)[column] + " |" : "---|");
            }
        }
        return line.toString();
    }

    /** Three digits, nothing for what is no number. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    static String spread(Quartiles all) {
        return number(all.median()) + " [" + number(all.lower()) + " " + number(all.upper()) + "]";
    }
}
