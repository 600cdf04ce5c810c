package io.quarkiverse.procdaemon.runtime.health;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.inject.Provider;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.DaemonService;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkus.arc.ClientProxy;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.HealthRegistry;

/**
 * A readiness check for each subsystem: those known at build time are there from the beginning, those registered through the
 * API come and go. They are added to the registry, because a bean for each would mean two more generated classes. Called by
 * one thread at a time.
 */
final class ReadinessChecks implements DaemonListener, DaemonService, AutoCloseable {

    private final HealthRegistry registry;
    private final Provider<DaemonInternals> daemon;
    private final Set<String> subsystems = new HashSet<>();
    private final GroupChecks groups = new GroupChecks();
    /** Null before the daemon begins. */
    private @Nullable DaemonInternals begun;

    /**
     * @param daemon available when the first check is called
     * @param subsystems those known at build time, including those that configuration disables
     */
    ReadinessChecks(HealthRegistry registry, Provider<DaemonInternals> daemon, List<String> subsystems) {
        // A client proxy would look up its bean for each subsystem, also at the end of the process.
        this.registry = ClientProxy.unwrap(registry);
        this.daemon = daemon;
        for (String subsystem : subsystems) {
            registered(subsystem);
        }
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        // The checks read the state themselves.
    }

    @Override
    public void registered(String subsystem) {
        subsystems.add(subsystem);
        registry.register(id(subsystem), (AsyncHealthCheck) new SubsystemReadiness(daemon, subsystem));
        if (begun != null) {
            groups.put(subsystem, begun, daemon);
        }
    }

    @Override
    public void begin(DaemonInternals itsDaemon) {
        begun = itsDaemon;
        regroup();
    }

    @Override
    public void reloaded(ReloadResult result, Instant at) {
        regroup();
    }

    private void regroup() {
        for (String subsystem : subsystems) {
            groups.put(subsystem, begun, daemon);
        }
    }

    @Override
    public void end() {
        // The checks serve until the application ends.
    }

    @Override
    public void unregistered(String subsystem) {
        if (subsystems.remove(subsystem)) {
            registry.remove(id(subsystem));
            groups.remove(subsystem);
        }
    }

    /** The registry is static and outlives the application, in tests for example. */
    @Override
    public void close() {
        for (String subsystem : subsystems) {
            registry.remove(id(subsystem));
            groups.remove(subsystem);
        }
    }

    static String id(String subsystem) {
        return "proc-daemon/" + subsystem;
    }
}
