package io.quarkiverse.procdaemon.runtime.health;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/** UP once every critical subsystem has been RUNNING, and from then on. */
@Startup
@Singleton
public class DaemonStartup implements AsyncHealthCheck {

    private final Engine engine;

    DaemonStartup(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(
                () -> HealthCheckResponse.named("proc-daemon").status(engine.hasStarted()).build());
    }
}
