package io.quarkiverse.procdaemon.bench.report;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What was measured without JMH, shown as it is.
 *
 * @param title of all
 * @param rows objects with the same fields; one is a text, a number, or a median between two quartiles
 */
record Listing(String title, List<JsonNode> rows) {

    Markdown table() {
        Markdown table = new Markdown(rows.get(0).propertyStream().map(field -> field.getKey()).toArray(String[]::new));
        rows.forEach(row -> table.line(row.propertyStream().map(field -> cell(field.getValue())).toArray(String[]::new)));
        return table;
    }

    private static String cell(JsonNode value) {
        if (value.has("median")) {
            return cell(value.get("median")) + " [" + cell(value.get("lower")) + " " + cell(value.get("upper")) + "]";
        }
        return value.isFloatingPointNumber() ? Markdown.number(value.asDouble()) : value.asText();
    }
}
