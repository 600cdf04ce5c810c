package io.quarkiverse.procdaemon.deployment.wiring;

import java.util.List;

import io.quarkiverse.procdaemon.runtime.wiring.ReloadFacts;
import io.quarkiverse.procdaemon.runtime.wiring.SubsystemDefinition;
import io.quarkus.builder.item.SimpleBuildItem;
import io.quarkus.runtime.RuntimeValue;

/** What is recorded of the subsystems, and of what they have to do with reloads. */
public final class DefinitionsBuildItem extends SimpleBuildItem {

    private final RuntimeValue<List<SubsystemDefinition>> definitions;
    private final RuntimeValue<ReloadFacts> reloads;

    DefinitionsBuildItem(RuntimeValue<List<SubsystemDefinition>> definitions, RuntimeValue<ReloadFacts> reloads) {
        this.definitions = definitions;
        this.reloads = reloads;
    }

    RuntimeValue<ReloadFacts> reloads() {
        return reloads;
    }

    RuntimeValue<List<SubsystemDefinition>> definitions() {
        return definitions;
    }
}
