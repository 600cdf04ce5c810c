package io.quarkiverse.procdaemon.relay;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.quarkiverse.procdaemon.process.PostgresServer;

/** The table as an application and a person see it. */
final class Outbox {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PostgresServer database;

    Outbox(PostgresServer database) {
        this.database = database;
    }

    /** In one transaction. */
    void add(int messages) throws SQLException {
        execute("INSERT INTO outbox (payload) SELECT 'message ' || n FROM generate_series(1, " + messages + ") n");
    }

    void awaitAllSent() {
        await().atMost(PATIENCE).until(() -> unsent().isEmpty());
    }

    /** The lines of all, in order. */
    List<String> all() throws SQLException {
        return lines("true");
    }

    List<String> sent() throws SQLException {
        return lines("sent IS NOT NULL");
    }

    List<String> unsent() throws SQLException {
        return lines("sent IS NULL");
    }

    private List<String> lines(String condition) throws SQLException {
        return query("SELECT id || ' ' || payload FROM outbox WHERE " + condition + " ORDER BY id");
    }

    /** How many were marked as sent in each transaction, in the order of their ids. */
    List<String> batches() throws SQLException {
        return query("SELECT count(*)::text FROM outbox WHERE sent IS NOT NULL GROUP BY xmin::text ORDER BY min(id)");
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            List<String> all = new ArrayList<>();
            for (ResultSet rows = statement.executeQuery(sql); rows.next();) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Adds ten messages every ten milliseconds, whenever the database can be reached, until it is closed. */
    Load load() {
        return new Load();
    }

    final class Load implements AutoCloseable {

        private final CountDownLatch closed = new CountDownLatch(1);
        private final Thread thread = new Thread(this::run, "load");

        private Load() {
            thread.start();
        }

        private void run() {
            try {
                while (!closed.await(10, MILLISECONDS)) {
                    try {
                        insertUntilClosed();
                    } catch (SQLException e) {
                        // The database is away, or the relay has not yet created the table.
                    }
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private void insertUntilClosed() throws SQLException, InterruptedException {
            try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
                do {
                    statement.execute("INSERT INTO outbox (payload) SELECT 'message ' || n FROM generate_series(1, 10) n");
                } while (!closed.await(10, MILLISECONDS));
            }
        }

        @Override
        public void close() throws InterruptedException {
            closed.countDown();
            thread.join(SECONDS.toMillis(60));
            assertThat(thread.isAlive()).as("load still runs").isFalse();
        }
    }
}
