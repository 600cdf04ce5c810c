package io.quarkiverse.procdaemon.relay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;

import jakarta.inject.Inject;

import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.scheduler.Scheduled;

/** Has the messages in the outbox published, a batch in one transaction, and deletes them later. */
@Subsystem(dependsOn = Publisher.class)
class Poller {

    private static final String BATCH = "SELECT id, payload FROM outbox WHERE sent IS NULL ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED";
    private static final String MARK = "UPDATE outbox SET sent = CURRENT_TIMESTAMP WHERE id = ANY(?)";
    private static final String DELETE = "DELETE FROM outbox WHERE sent < ?";

    @Inject
    Database database;

    @Inject
    Publisher publisher;

    @Inject
    LiveConfig<RelayConfig> config;

    /** Outlives a failure between the acknowledgement and the commit, so that nothing is sent again because of it. */
    private final Set<Long> acknowledged = new HashSet<>();

    @OnStart
    void createTable() throws SQLException {
        database.update("CREATE TABLE IF NOT EXISTS outbox (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " payload VARCHAR NOT NULL, sent TIMESTAMP WITH TIME ZONE)");
        database.update("CREATE INDEX IF NOT EXISTS outbox_sent ON outbox (sent, id)");
    }

    @Run(every = "{relay.poll-interval}")
    void relayBatch() throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement(BATCH);
                PreparedStatement mark = connection.prepareStatement(MARK)) {
            connection.setAutoCommit(false);
            select.setInt(1, config.get().batchSize());
            ResultSet messages = select.executeQuery();
            boolean acknowledges = true;
            while (acknowledges && messages.next()) {
                acknowledges = publish(messages.getLong("id"), messages.getString("payload"));
            }
            mark.setArray(1, connection.createArrayOf("bigint", acknowledged.toArray()));
            mark.executeUpdate();
            connection.commit();
            acknowledged.clear();
        }
    }

    private boolean publish(long id, String payload) {
        return acknowledged.contains(id) || publisher.publish(id, payload) && acknowledged.add(id);
    }

    @Scheduled(every = "{relay.cleanup-interval}")
    void deleteSent() throws SQLException {
        database.update(DELETE, OffsetDateTime.now().minus(config.get().keepSent()));
    }
}
