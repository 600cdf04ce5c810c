package io.quarkiverse.procdaemon.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.consumer.ReadingTable.Delivery;
import io.quarkiverse.procdaemon.process.PostgresServer;

/** A broker and a database for each test, and numbered readings. */
abstract class ConsumerTest {

    /** In each round. */
    static final int MESSAGES = Integer.getInteger("consumer.messages", 10_000);
    static final int ROUNDS = Integer.getInteger("consumer.rounds", 1);

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60).plusMillis(2L * MESSAGES);

    private static final Duration POLL = Duration.ofMillis(50 + MESSAGES / 1000);

    @TempDir
    Path directory;

    KafkaBroker broker;
    PostgresServer database;
    ReadingTable table;
    private int firstNumber;
    /** Where the broker has each reading of the round, in the order of their numbers. */
    private final List<RecordMetadata> sent = new ArrayList<>();

    @BeforeEach
    void begin() throws Exception {
        database = new PostgresServer();
        broker = new KafkaBroker(directory);
        table = new ReadingTable(database);
    }

    @AfterEach
    void end() throws Exception {
        if (broker != null) {
            broker.close();
        }
        database.close();
    }

    ConsumerProcess.Launch consumer() {
        return new ConsumerProcess.Launch().from(broker).to(database);
    }

    /** Those that were sent before must be in the table, and are not looked at again. */
    void nextRound() throws SQLException {
        firstNumber += sent.size();
        sent.clear();
        table.clear();
    }

    /** The next ones. */
    void send(int readings) throws Exception {
        int next = firstNumber + sent.size();
        sent.addAll(broker.send(IntStream.range(next, next + readings).mapToObj(ConsumerTest::line).toList()));
    }

    private static String line(int number) {
        return "meter-" + number % 100 + " " + FIRST.plusSeconds(number) + " " + number;
    }

    void awaitStored(int readings) {
        await().atMost(PATIENCE).pollInterval(POLL).until(() -> table.count() >= readings);
    }

    /** Waits until all that have been sent are there. */
    void assertNoneLost() throws Exception {
        awaitStored(sent.size());
        assertThat(table.numbers()).isEqualTo(IntStream.range(firstNumber, firstNumber + sent.size()).boxed().toList());
    }

    Set<Integer> storedTwice() throws SQLException {
        Set<Integer> once = new HashSet<>();
        Set<Integer> again = new HashSet<>();
        table.deliveries().stream().map(Delivery::number).filter(number -> !once.add(number)).forEach(again::add);
        return again;
    }

    /** Those that a new consumer will get although they are in the table: since they came, nothing has been committed. */
    Set<Integer> storedButNotCommitted() throws Exception {
        await().atMost(PATIENCE).until(() -> !table.isInUse());
        long[] committed = broker.committed();
        Set<Integer> again = new HashSet<>(table.numbers());
        again.removeIf(number -> isBefore(committed, sent.get(number - firstNumber)));
        return again;
    }

    private static boolean isBefore(long[] offsets, RecordMetadata reading) {
        return reading.offset() < offsets[reading.partition()];
    }
}
