package io.quarkiverse.procdaemon.runtime.health;

import jakarta.inject.Provider;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/**
 * The readiness check of one subsystem. A critical one is UP while it is RUNNING and healthy and the daemon is neither draining
 * nor stopping; one that is not critical, or disabled by configuration, is always UP, with its state in the data.
 */
final class SubsystemReadiness implements AsyncHealthCheck {

    private static final int MOST = 500;

    private final Provider<DaemonInternals> daemon;
    private final String subsystem;

    SubsystemReadiness(Provider<DaemonInternals> daemon, String subsystem) {
        this.daemon = daemon;
        this.subsystem = subsystem;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::response);
    }

    private HealthCheckResponse response() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("proc-daemon/" + subsystem);
        return daemon.get().subsystem(subsystem).map(info -> describe(info, response))
                .orElseGet(() -> response.up().withData("state", "DISABLED")).build();
    }

    private HealthCheckResponseBuilder describe(SubsystemInfo info, HealthCheckResponseBuilder response) {
        response.status(!info.critical() || isReady(info))
                .withData("state", info.state().name())
                .withData("since", info.since().toString())
                .withData("generation", info.generation())
                .withData("restarts", info.restarts());
        info.lastFailure().ifPresent(failure -> response.withData("lastFailure", text(Thrown.summary(failure))));
        info.reason().ifPresent(reason -> response.withData("reason", text(reason)));
        info.restartsLeft().ifPresent(left -> response.withData("restartsLeft", left));
        info.nextAttempt().ifPresent(at -> response.withData("nextAttempt", at.toString()));
        return response;
    }

    private static String text(String text) {
        return PlainText.cut(PlainText.escape(text), MOST);
    }

    private boolean isReady(SubsystemInfo info) {
        return info.state() == SubsystemState.RUNNING && info.healthy() && switch (daemon.get().state()) {
            case STARTING, RUNNING -> true;
            case DRAINING, STOPPING, STOPPED -> false;
        };
    }
}
