package io.quarkiverse.procdaemon.runtime.health;

import java.time.Instant;
import java.util.stream.Collectors;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.HealthRegistry;
import io.smallrye.mutiny.Uni;

/**
 * Shows in {@code /q/health/ready} that the last reload was rejected, and why, until one is not. It stays UP, since the active
 * configuration is valid.
 */
@Singleton
public class ReloadReadiness implements DaemonListener {

    private static final String ID = "proc-daemon/reload";

    private static final int MOST = 500;
    private final HealthRegistry registry;
    private boolean registered;

    ReloadReadiness(@Readiness HealthRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        // Only reloads matter.
    }

    @Override
    public void reloaded(ReloadResult result, Instant at) {
        if (registered) {
            registry.remove(ID);
        }
        registered = result.status() == ReloadResult.Status.REJECTED;
        if (registered) {
            HealthCheckResponse response = HealthCheckResponse.named("proc-daemon").up()
                    .withData("reload", result.status().name()).withData("since", at.toString())
                    .withData("epoch", result.epoch())
                    .withData("problems",
                            PlainText.cut(PlainText.escape(
                                    result.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining("; "))),
                                    MOST))
                    .build();
            registry.register(ID, (AsyncHealthCheck) () -> Uni.createFrom().item(response));
        }
    }

    /** The registry is static and outlives the application, in tests for example. */
    @PreDestroy
    void forget() {
        if (registered) {
            registry.remove(ID);
        }
    }
}
