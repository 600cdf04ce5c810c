package io.quarkiverse.procdaemon.consumer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

import jakarta.inject.Inject;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;

/** The table of readings, and the connection to it. */
@Subsystem
class Database {

    static final String TABLE = "CREATE TABLE IF NOT EXISTS reading (meter VARCHAR, taken TIMESTAMP WITH TIME ZONE,"
            + " kwh NUMERIC NOT NULL, PRIMARY KEY (meter, taken))";
    private static final String INSERT = "INSERT INTO reading VALUES (?, ?, ?) ON CONFLICT DO NOTHING";

    @Inject
    AgroalDataSource source;

    private SubsystemContext context;
    private Connection connection;
    private PreparedStatement insert;

    @OnStart
    void open(SubsystemContext context) throws SQLException {
        this.context = context;
        connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        insert = connection.prepareStatement(INSERT);
    }

    /** Stores a reading unless it is there. Where that fails it is this subsystem that fails. */
    void store(Reading reading) throws SQLException {
        try {
            insert.setString(1, reading.meter());
            insert.setObject(2, reading.taken());
            insert.setBigDecimal(3, reading.kwh());
            insert.executeUpdate();
        } catch (SQLException e) {
            context.fail(e);
            throw e;
        }
    }

    /** Also after a start that failed. */
    @OnStop
    void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }
}
