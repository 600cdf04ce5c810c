package io.quarkiverse.procdaemon.runtime.health;

import java.util.List;
import java.util.function.Function;

import org.eclipse.microprofile.health.Readiness;

import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.events.SubsystemListener;
import io.quarkus.arc.Arc;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.annotations.Recorder;
import io.smallrye.health.api.HealthRegistry;

/** The checks that the build records. Its signatures do without the types of SmallRye Health, which may not be there. */
@Recorder
public class HealthRecorder {

    /**
     * Makes the readiness checks of all subsystems.
     *
     * @param subsystems those of the build
     */
    public Function<SyntheticCreationalContext<SubsystemListener>, SubsystemListener> readiness(List<String> subsystems) {
        return context -> new ReadinessChecks(context.getInjectedReference(HealthRegistry.class, Readiness.Literal.INSTANCE),
                () -> Arc.container().instance(DaemonInternals.class).get(), subsystems);
    }
}
