package io.quarkiverse.procdaemon.runtime.health;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.Readiness;

import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.listen.SubsystemListener;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.HealthRegistry;

/** Readiness checks for subsystems that are registered by hand: they come and go with them. */
@Singleton
public class RegisteredReadiness implements SubsystemListener {

    private final HealthRegistry registry;
    private final Provider<Engine> engine;

    RegisteredReadiness(@Readiness HealthRegistry registry, Provider<Engine> engine) {
        this.registry = registry;
        this.engine = engine;
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        // the checks read the engine
    }

    @Override
    public void registered(String subsystem) {
        registry.register(id(subsystem), (AsyncHealthCheck) new SubsystemReadiness(engine.get(), subsystem));
    }

    @Override
    public void unregistered(String subsystem) {
        registry.remove(id(subsystem));
    }

    private static String id(String subsystem) {
        return "proc-daemon/" + subsystem;
    }
}
