package io.quarkiverse.procdaemon.collector;

import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.SubsystemInfo;

/** The state of the subsystems as JSON: the records of the API, unchanged. */
@Path("/subsystems")
class SubsystemsResource {

    @Inject
    Daemon daemon;

    @GET
    public List<SubsystemInfo> subsystems() {
        return daemon.subsystems();
    }
}
