package io.quarkiverse.procdaemon.bench.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** All results of a run, as one JSON object: where and when, JMH's own array, and the rows of the others by their keys. */
public final class Results {

    private final LocalDate date = LocalDate.now();
    private final ObjectNode root = Rows.MAPPER.createObjectNode();

    /** Without any yet, of this machine and JVM, today. */
    public Results() throws IOException, InterruptedException {
        root.set("machine", Rows.MAPPER.valueToTree(Machine.here()));
        root.put("jdk", System.getProperty("java.version"));
        root.put("commit", Commit.here());
        root.put("date", date.toString());
        root.putArray("jmh");
    }

    /** The file's name, without what tells its kind. */
    public String name() {
        return date + "-" + Runtime.version().feature();
    }

    void addBenchmarks(Collection<RunResult> results) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
        try {
            add("jmh", Rows.MAPPER.readTree(bytes.toByteArray()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    void addRows(String key, Object rows) {
        add(key, Rows.MAPPER.valueToTree(rows));
    }

    private void add(String key, JsonNode rows) {
        rows.forEach(root.withArrayProperty(key)::add);
    }

    /** Writes all so far; the file is replaced. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Rows.MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }
}
