package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.reload.ExtensionSettings;
import io.quarkiverse.procdaemon.runtime.reload.Snapshot;
import io.smallrye.config.SmallRyeConfig;

/** The settings of this extension in each new configuration: checked as at the start, applied as soon as it is active. */
final class LiveSettings implements ExtensionSettings {

    private final List<SubsystemDefinition> definitions;
    private final Set<String> names;
    private volatile @Nullable Engine engine;

    LiveSettings(List<SubsystemDefinition> definitions) {
        this.definitions = definitions;
        this.names = definitions.stream().map(SubsystemDefinition::name).collect(Collectors.toSet());
    }

    /** The engine to notify; set once it is there. */
    void serve(Engine itsEngine) {
        engine = itsEngine;
    }

    @Override
    public List<ConfigProblem> problems(SmallRyeConfig config) {
        return ConfigurationProblems.of(config, definitions, SystemThreads.hasVirtual());
    }

    @Override
    public ConfiguredSettings of(SmallRyeConfig config) {
        return new ConfiguredSettings(config.getConfigMapping(DaemonConfig.class), names);
    }

    /** The settings in a snapshot. */
    ConfiguredSettings in(Snapshot snapshot) {
        return (ConfiguredSettings) snapshot.rules();
    }

    @Override
    public void inForce(Object rules) {
        engine.shutdownCoordinator().timeouts(((ConfiguredSettings) rules).shutdown());
        engine.settingsChanged();
    }
}
