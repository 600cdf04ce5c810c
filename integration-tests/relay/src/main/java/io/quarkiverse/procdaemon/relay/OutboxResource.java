package io.quarkiverse.procdaemon.relay;

import java.sql.SQLException;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Stands for the application, which writes to the outbox in its own transactions. */
@Path("/outbox")
public class OutboxResource {

    @Inject
    Database database;

    @POST
    public void add(String payload) throws SQLException {
        database.update("INSERT INTO outbox (payload) VALUES (?)", payload);
    }
}
