package io.quarkiverse.procdaemon.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

@Timeout(60)
class ResultsTest {

    record Measured(String what, double each) {
    }

    @TempDir
    Path directory;

    @Test
    void rowsOfSeveralSectionsStandUnderOneKey() throws Exception {
        Results results = new Results();
        new RowSection("one", "memory", 0, () -> List.of(new Measured("a", 1.5))).run(results, new Clock());
        new RowSection("two", "memory", 0, () -> Rows.MAPPER.readTree("[{\"what\": \"b\", \"each\": 2}]")).run(results,
                new Clock());
        Path file = directory.resolve("new").resolve(results.name() + ".json");
        results.write(file);
        JsonNode root = Rows.MAPPER.readTree(file.toFile());
        assertThat(root.get("memory")).hasToString("[{\"what\":\"a\",\"each\":1.5},{\"what\":\"b\",\"each\":2}]");
        assertThat(root.get("jmh")).isEmpty();
        assertThat(root.get("machine").get("cores").asInt()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(root.get("jdk").asText()).isEqualTo(System.getProperty("java.version"));
        assertThat(results.name()).isEqualTo(root.get("date").asText() + "-" + Runtime.version().feature());
    }
}
