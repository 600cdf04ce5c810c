package io.quarkiverse.procdaemon.consumer;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.procdaemon.process.PostgresServer;

/** The consumer's table, in which the number of a reading is its kWh, and beside it each attempt to store one. */
final class ReadingTable {

    private static final List<String> SCHEMA = List.of(Database.TABLE,
            "CREATE TABLE delivery (number BIGINT, at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp())",
            "CREATE FUNCTION count_delivery() RETURNS trigger LANGUAGE plpgsql AS"
                    + " 'BEGIN INSERT INTO delivery (number) VALUES (NEW.kwh); RETURN NEW; END'",
            // Fires also for what the table has already.
            "CREATE TRIGGER count_delivery BEFORE INSERT ON reading FOR EACH ROW EXECUTE FUNCTION count_delivery()",
            "CREATE FUNCTION take_time() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1); END'",
            "CREATE EVENT TRIGGER take_time ON ddl_command_start WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION take_time()");

    private final PostgresServer database;
    private Connection connection;

    /** Creates it as the consumer would. For the consumer it will take a second to find that there is one. */
    ReadingTable(PostgresServer database) throws SQLException {
        this.database = database;
        for (String sql : SCHEMA) {
            execute(sql);
        }
    }

    record Delivery(int number, Instant at) {
    }

    int count() throws SQLException {
        return select("SELECT count(*)::int, now() FROM reading").get(0).number();
    }

    List<Integer> numbers() throws SQLException {
        return select("SELECT kwh::int, taken FROM reading ORDER BY kwh").stream().map(Delivery::number).toList();
    }

    /** Every attempt to store a reading, one by one. */
    List<Delivery> deliveries() throws SQLException {
        return select("SELECT number, at FROM delivery ORDER BY at");
    }

    /** Whether anybody but this test is connected. */
    boolean isInUse() throws SQLException {
        return select("SELECT count(*)::int, now() FROM pg_stat_activity WHERE backend_type = 'client backend'"
                + " AND pid <> pg_backend_pid()").get(0).number() > 0;
    }

    void clear() throws SQLException {
        execute("TRUNCATE reading, delivery");
    }

    /** The same one as long as the database lives: each is a process of PostgreSQL. */
    private Connection connection() throws SQLException {
        if (connection == null || !connection.isValid(60)) {
            connection = database.connect();
        }
        return connection;
    }

    private List<Delivery> select(String sql) throws SQLException {
        try (Statement statement = connection().createStatement()) {
            List<Delivery> all = new ArrayList<>();
            for (ResultSet rows = statement.executeQuery(sql); rows.next();) {
                all.add(new Delivery(rows.getInt(1), rows.getObject(2, OffsetDateTime.class).toInstant()));
            }
            return all;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection().createStatement()) {
            statement.execute(sql);
        }
    }
}
