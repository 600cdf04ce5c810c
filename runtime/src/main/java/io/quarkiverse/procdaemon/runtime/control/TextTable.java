package io.quarkiverse.procdaemon.runtime.control;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/** A table for a terminal: columns as wide as their longest cell, numbers on the right. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final int[] widths;

    TextTable(String... heads) {
        widths = new int[heads.length];
        row((Object[]) heads);
    }

    /** An empty cell becomes a dash. */
    void row(Object... cells) {
        String[] row = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            String text = PlainText.escape(cells[i].toString());
            row[i] = text.isEmpty() ? "-" : text;
            widths[i] = Math.max(widths[i], row[i].length());
        }
        rows.add(row);
    }

    /** Without a line end after the last row. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            text.append(text.length() == 0 ? "" : "\n");
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String space = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? "" : GAP).append(isNumber(row[i]) ? space + row[i] : row[i] + space);
            }
            text.append(line.toString().stripTrailing());
        }
        return text.toString();
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }
}
