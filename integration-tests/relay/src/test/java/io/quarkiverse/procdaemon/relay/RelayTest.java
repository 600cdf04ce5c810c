package io.quarkiverse.procdaemon.relay;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.process.PostgresServer;

/** A database and a sink for each test. */
abstract class RelayTest {

    @TempDir
    Path directory;

    PostgresServer database;
    Outbox outbox;
    Sink sink;

    @BeforeEach
    void begin() throws IOException, InterruptedException {
        sink = new Sink();
        database = new PostgresServer();
        outbox = new Outbox(database);
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        sink.close();
        database.close();
    }

    RelayProcess.Launch relay() {
        return new RelayProcess.Launch().with("relay.sink", sink.address()).from(database);
    }

    /** All messages have come to the sinks once, without those that came to them twice. Waits until all have been sent. */
    void assertNoneLostAndOnlyTwice(List<String> twice, Sink... sinks) throws SQLException {
        outbox.awaitAllSent();
        Set<String> once = new HashSet<>();
        List<String> again = Stream.of(sinks).flatMap(sink -> sink.lines().stream()).filter(line -> !once.add(line)).toList();
        List<String> lost = outbox.all().stream().filter(line -> !once.contains(line)).toList();
        assertThat(lost).as("lost").isEmpty();
        assertThat(again).as("sent twice").containsExactlyInAnyOrderElementsOf(twice);
        assertThat(once).as("sent").hasSameSizeAs(outbox.all());
    }

    /** Replaces the file as a whole. */
    static void write(Path file, String... lines) throws IOException {
        Path next = Files.write(file.resolveSibling(file.getFileName() + ".next"), List.of(lines));
        Files.move(next, file, ATOMIC_MOVE);
    }
}
