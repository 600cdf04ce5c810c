package io.quarkiverse.procdaemon.runtime.health;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/** UP once every critical subsystem has been RUNNING, and from then on. */
@Startup
@Singleton
public class DaemonStartup implements AsyncHealthCheck {

    private final DaemonInternals daemon;

    DaemonStartup(DaemonInternals daemon) {
        this.daemon = daemon;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(
                () -> HealthCheckResponse.named("proc-daemon").status(daemon.hasStarted()).build());
    }
}
