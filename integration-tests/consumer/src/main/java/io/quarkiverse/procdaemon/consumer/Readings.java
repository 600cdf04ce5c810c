package io.quarkiverse.procdaemon.consumer;

import java.sql.SQLException;

import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.Subsystem;
import io.smallrye.reactive.messaging.annotations.Blocking;

/** Has readings stored, one after the other. It gets them only while it runs, so the database runs, too. */
@Subsystem(dependsOn = Database.class)
class Readings {

    private static final Logger LOG = Logger.getLogger(Readings.class);

    @Inject
    Database database;

    /** Whatever this throws is a failure of this subsystem, which gets the same reading again after its restart. */
    @Incoming("readings")
    @Blocking
    void store(String line) throws SQLException {
        Reading reading;
        try {
            reading = Reading.parse(line);
        } catch (RuntimeException e) {
            LOG.errorf("Skipped '%s', which is not a reading: %s", line, e);
            return;
        }
        database.store(reading);
    }
}
