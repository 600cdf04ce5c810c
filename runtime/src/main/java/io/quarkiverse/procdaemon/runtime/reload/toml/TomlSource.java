package io.quarkiverse.procdaemon.runtime.reload.toml;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.microprofile.config.spi.ConfigSource;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;

import io.smallrye.config.PropertiesConfigSource;

/** A document as flat keys: tables by a dot, arrays by an index, parts with other characters in quotes. */
final class TomlSource {

    private final Map<String, String> properties = new LinkedHashMap<>();

    private TomlSource() {
    }

    /** @throws IOException if it cannot be read; says the line */
    static ConfigSource of(URL url, int ordinal) throws IOException {
        try (InputStream in = url.openStream()) {
            TomlSource source = new TomlSource();
            byte[] bytes = in.readAllBytes();
            if (bytes.length > 2 && (bytes[0] & 0xFF) == 0xEF && (bytes[1] & 0xFF) == 0xBB && (bytes[2] & 0xFF) == 0xBF) {
                throw new IOException("the file begins with a byte order mark (BOM); save it as UTF-8 without BOM (line 1)");
            }
            JsonNode document = new TomlMapper().readTree(bytes);
            source.add("", document);
            // Its name is of the form that says where a value was read.
            return new PropertiesConfigSource(source.properties, url.toString(), ordinal);
        } catch (JacksonException malformed) {
            // The whole message quotes the document.
            throw new IOException(malformed.getOriginalMessage() + " (line "
                    + (malformed.getLocation() == null ? "unknown" : malformed.getLocation().getLineNr()) + ")");
        }
    }

    private void add(String name, JsonNode node) {
        if (node.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext();) {
                Map.Entry<String, JsonNode> field = fields.next();
                add(name.isEmpty() ? part(field.getKey()) : name + "." + part(field.getKey()), field.getValue());
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                add(name + "[" + i + "]", node.get(i));
            }
        } else {
            properties.put(name, node.asText());
        }
    }

    private static String part(String key) {
        return key.matches("[A-Za-z0-9_%-]+") ? key : "\"" + key + "\"";
    }
}
