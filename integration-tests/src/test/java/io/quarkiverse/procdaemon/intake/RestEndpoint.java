package io.quarkiverse.procdaemon.intake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** An endpoint that does not look at the store. */
@Path("/orders")
@Singleton
public class RestEndpoint implements WayIn {

    @Inject
    Server server;

    @Inject
    LongWork longWork;

    @GET
    public String take() {
        longWork.ofServer(name());
        return "an order";
    }

    @Override
    public String name() {
        return "REST";
    }

    @Override
    public boolean admits() throws Exception {
        return server.answers("/orders");
    }
}
