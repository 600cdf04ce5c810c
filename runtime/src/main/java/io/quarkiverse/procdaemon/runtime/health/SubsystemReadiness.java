package io.quarkiverse.procdaemon.runtime.health;

import java.util.Optional;

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
 * The readiness check of one subsystem. A critical one is UP while it is RUNNING, healthy and not in an outage, and the daemon
 * is neither draining nor stopping; one that is not critical, or disabled by configuration, is always UP, with its state in the
 * data.
 */
public final class SubsystemReadiness implements AsyncHealthCheck {

    private static final int MOST = 500;

    private final Provider<DaemonInternals> daemon;
    private final String subsystem;

    /** @param daemon available when the check is called */
    public SubsystemReadiness(Provider<DaemonInternals> daemon, String subsystem) {
        this.daemon = daemon;
        this.subsystem = subsystem;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::response);
    }

    private HealthCheckResponse response() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("proc-daemon/" + subsystem);
        Optional<SubsystemInfo> info = daemon.get().subsystem(subsystem);
        return (info.isPresent() ? describe(info.get(), response) : response.up().withData("state", "DISABLED")).build();
    }

    private HealthCheckResponseBuilder describe(SubsystemInfo info, HealthCheckResponseBuilder response) {
        response.status(!info.critical() || isReady(info))
                .withData("state", info.state().name())
                .withData("since", info.since().toString())
                .withData("generation", info.generation())
                .withData("restarts", info.restarts());
        if (info.lastFailure().isPresent()) {
            response.withData("lastFailure", text(Thrown.summary(info.lastFailure().get())));
        }
        if (info.reason().isPresent()) {
            response.withData("reason", text(info.reason().get()));
        }
        if (info.restartsLeft().isPresent()) {
            response.withData("restartsLeft", info.restartsLeft().getAsInt());
        }
        if (info.nextAttempt().isPresent()) {
            response.withData("nextAttempt", info.nextAttempt().get().toString());
        }
        return response;
    }

    private static String text(String text) {
        return PlainText.cut(PlainText.escape(text), MOST);
    }

    /** RUNNING with a reason why it is not well: an outage of which it is not known whether it is over. */
    private boolean isReady(SubsystemInfo info) {
        return info.state() == SubsystemState.RUNNING && info.healthy() && info.reason().isEmpty()
                && switch (daemon.get().state()) {
                    case STARTING, RUNNING -> true;
                    case DRAINING, STOPPING, STOPPED -> false;
                };
    }
}
