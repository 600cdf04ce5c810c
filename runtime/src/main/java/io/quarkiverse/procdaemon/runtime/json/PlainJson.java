package io.quarkiverse.procdaemon.runtime.json;

import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/**
 * By RFC 8259, for applications without Jackson. Every character that is not printable ASCII is escaped, the ends of lines as
 * Jackson does it.
 */
@Singleton
public final class PlainJson implements JsonText {

    @Override
    public String write(Object tree) {
        StringBuilder json = new StringBuilder();
        write(tree, json);
        return json.toString();
    }

    private static void write(@Nullable Object value, StringBuilder json) {
        if (value instanceof Map<?, ?> object) {
            String separator = "{";
            for (Map.Entry<?, ?> each : object.entrySet()) {
                json.append(separator);
                string((String) each.getKey(), json);
                json.append(':');
                write(each.getValue(), json);
                separator = ",";
            }
            json.append(object.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object each : list) {
                json.append(separator);
                write(each, json);
                separator = ",";
            }
            json.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            // Like Jackson: JSON has no such numbers.
            string(number.toString(), json);
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            json.append(value);
        } else {
            string(value.toString(), json);
        }
    }

    /** Section 7: the quotation mark, the backslash and the control characters must be escaped; anything may be. */
    private static void string(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"', '\\' -> json.append('\\').append(character);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (character >= ' ' && character < 0x7f) {
                        json.append(character);
                    } else {
                        json.append("\\u").append(Integer.toHexString(0x10000 | character), 1, 5);
                    }
                }
            }
        }
        json.append('"');
    }
}
