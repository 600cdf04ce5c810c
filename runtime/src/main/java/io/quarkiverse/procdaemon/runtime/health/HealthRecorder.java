package io.quarkiverse.procdaemon.runtime.health;

import java.util.List;
import java.util.function.Function;

import org.eclipse.microprofile.health.Readiness;

import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkus.arc.Arc;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.annotations.Recorder;
import io.smallrye.health.api.HealthRegistry;

/** Creates health checks. Its signatures avoid the types of SmallRye Health, which may be missing. */
@Recorder
public class HealthRecorder {

    /**
     * Creates the readiness checks of all subsystems.
     *
     * @param subsystems those known at build time
     */
    public Function<SyntheticCreationalContext<SubsystemListener>, SubsystemListener> readiness(List<String> subsystems) {
        return context -> new ReadinessChecks(context.getInjectedReference(HealthRegistry.class, Readiness.Literal.INSTANCE),
                () -> Arc.container().instance(DaemonInternals.class).get(), subsystems);
    }
}
