package io.quarkiverse.procdaemon.collector;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.ResourceUsage;

/** What the process uses, as JSON: the record of the API, unchanged. */
@Path("/usage")
class UsageResource {

    @Inject
    Daemon daemon;

    @GET
    public ResourceUsage usage() {
        return daemon.resources();
    }
}
