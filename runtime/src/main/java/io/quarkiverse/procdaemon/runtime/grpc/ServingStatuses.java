package io.quarkiverse.procdaemon.runtime.grpc;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkus.grpc.runtime.health.GrpcHealthStorage;

/**
 * What the gRPC health service says: NOT_SERVING unless the daemon is RUNNING and not draining, then what was set, which by
 * default is SERVING. Takes the place of the bean of Quarkus, which sets all to SERVING when the server opens. A singleton,
 * because the health service calls package-private methods, which a client proxy of another package does not override.
 */
@Alternative
@Priority(1)
@Singleton
public class ServingStatuses extends GrpcHealthStorage implements DaemonListener {

    /** Created when the engine is assembled, before the daemon can be injected. */
    private final Instance<DaemonInternals> daemon;
    /** As set, by service. Written under the lock, so that watches get the last one last. */
    private final Map<String, ServingStatus> statuses = new ConcurrentHashMap<>();

    @Inject
    ServingStatuses(Instance<DaemonInternals> daemon) {
        this.daemon = daemon;
    }

    @Override
    public synchronized void setStatus(String service, ServingStatus status) {
        statuses.put(service == null ? DEFAULT_SERVICE_NAME : service, status);
        super.setStatus(service, visible(status));
    }

    @Override
    public HealthCheckResponse statusForService(String service) {
        ServingStatus status = statuses.get(service);
        return status == null ? super.statusForService(service) : resultForStatus(visible(status));
    }

    private ServingStatus visible(ServingStatus status) {
        return status != ServingStatus.SERVING || daemon.get().state() == DaemonState.RUNNING ? status
                : ServingStatus.NOT_SERVING;
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        // Only the state of the daemon matters.
    }

    @Override
    public void shutdownBegan(String name, ShutdownReason reason, OptionalInt exitCode, boolean duringStart) {
        stateChanged();
    }

    @Override
    public synchronized void stateChanged() {
        statuses.forEach((service, status) -> super.setStatus(service, visible(status)));
    }
}
