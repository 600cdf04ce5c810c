package io.quarkiverse.procdaemon.examples;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Where orders are received. */
@Path("/port")
public class PortResource {

    @Inject
    Receiver receiver;

    @GET
    public int port() {
        return receiver.port();
    }
}
