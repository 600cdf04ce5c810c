package io.quarkiverse.procdaemon.runtime.health;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/**
 * DOWN only when a critical subsystem has failed permanently or the supervisor itself is stuck, so that only a new process can
 * help. Never because of a drain or shutdown: a process that shuts down gracefully must not be killed for it.
 */
@Liveness
@Singleton
public class DaemonLiveness implements AsyncHealthCheck {

    private final DaemonInternals daemon;

    DaemonLiveness(DaemonInternals daemon) {
        this.daemon = daemon;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::response);
    }

    private HealthCheckResponse response() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("proc-daemon").up();
        if (daemon.isStuck()) {
            response.down().withData("supervisor", "stuck");
        }
        DaemonState state = daemon.state();
        if (state != DaemonState.STOPPING && state != DaemonState.STOPPED) {
            for (SubsystemInfo subsystem : daemon.subsystems()) {
                if (subsystem.critical() && subsystem.state() == SubsystemState.FAILED) {
                    response.down().withData(subsystem.name(), subsystem.state().name());
                }
            }
        }
        return response.build();
    }
}
