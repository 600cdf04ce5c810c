package io.quarkiverse.procdaemon.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;

/** How a main hands what it has measured to the run that started it in a JVM of its own. */
public final class Rows {

    static final String FILE = "rows";
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Rows() {
    }

    /** Writes the rows, records, where the run wants them; does nothing if no run has started this JVM. */
    public static void hand(List<? extends Record> rows) {
        String file = System.getProperty(FILE);
        if (file != null) {
            try {
                MAPPER.writeValue(Path.of(file).toFile(), rows);
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
    }
}
