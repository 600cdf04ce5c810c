package io.quarkiverse.procdaemon.intake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.procdaemon.UnavailableException;
import io.quarkiverse.procdaemon.Work;

/** An endpoint that answers 503 while the gate is shut. */
@Path("/gated-orders")
@Singleton
public class GatedEndpoint implements WayIn {

    @Inject
    Gate gate;

    @Inject
    LongWork longWork;

    @Inject
    Server server;

    @GET
    public String take() {
        try (Work work = gate.begin()) {
            longWork.ofServer(name());
            return "an order";
        }
    }

    @ServerExceptionMapper
    Response unavailable(UnavailableException refused) {
        return Response.status(503).build();
    }

    @Override
    public String name() {
        return "REST with a gate";
    }

    @Override
    public boolean admits() throws Exception {
        return server.answers("/gated-orders");
    }
}
