package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.List;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.runtime.annotations.Recorder;

/** The steps of assembly that the build records. */
@Recorder
public class DaemonRecorder {

    private final RuntimeValue<DaemonConfig> config;

    /** @param config what is configured; to be read at run time only */
    public DaemonRecorder(RuntimeValue<DaemonConfig> config) {
        this.config = config;
    }

    /** At static initialization, so that a native executable makes the invokers while it is built. */
    public RuntimeValue<List<SubsystemDefinition>> define(List<SubsystemDefinition> definitions) {
        return new RuntimeValue<>(definitions);
    }

    /** At static initialization, so that a native executable need not look up the mappings. */
    public RuntimeValue<ReloadFacts> facts(ReloadFacts facts) {
        return new RuntimeValue<>(facts);
    }

    /**
     * Makes the engine, not yet started.
     *
     * @param facts what the build knows of reloads
     * @param delayEnabled whether the application was built to heed {@code quarkus.shutdown.delay}
     * @throws io.quarkiverse.procdaemon.InvalidConfigurationException with all that is wrong with the configuration
     */
    public RuntimeValue<DaemonLifecycle> assemble(RuntimeValue<List<SubsystemDefinition>> definitions,
            RuntimeValue<ReloadFacts> facts,
            String applicationName, ShutdownContext shutdown, boolean delayEnabled) {
        return new RuntimeValue<>(
                DaemonAssembly.assemble(config.getValue(), definitions.getValue(), facts.getValue(), applicationName,
                        shutdown, delayEnabled));
    }

    /** The engine as the bean that adapters read. */
    public Supplier<Engine> engine(RuntimeValue<DaemonLifecycle> lifecycle) {
        return () -> lifecycle.getValue().engine();
    }

    /** The engine as the bean that users inject. */
    public Supplier<Daemon> daemon(RuntimeValue<DaemonLifecycle> lifecycle) {
        return () -> lifecycle.getValue().engine();
    }
}
