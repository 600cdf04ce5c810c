package io.quarkiverse.procdaemon.relay;

import java.sql.SQLException;
import java.time.OffsetDateTime;

import jakarta.inject.Inject;

import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.scheduler.Scheduled;

/** Deletes messages that were sent long ago. The relay can do without it. */
@Subsystem(dependsOn = Poller.class, critical = false)
class Cleanup {

    @Inject
    Database database;

    @Inject
    LiveConfig<RelayConfig> config;

    @Scheduled(every = "{relay.cleanup-interval}")
    void deleteSent() throws SQLException {
        database.update("DELETE FROM outbox WHERE sent < ?", OffsetDateTime.now().minus(config.get().keepSent()));
    }
}
