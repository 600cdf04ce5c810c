package io.quarkiverse.procdaemon.bench.app;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What the application does besides. */
@Path("/hello")
public class HelloResource {

    /** Answers. */
    @GET
    public String hello() {
        return "hello";
    }
}
