package io.quarkiverse.procdaemon.deployment.wiring;

import java.util.List;

import io.quarkiverse.procdaemon.runtime.wiring.SubsystemDefinition;
import io.quarkus.builder.item.SimpleBuildItem;
import io.quarkus.runtime.RuntimeValue;

/** The recorded definitions of the subsystems. */
public final class DefinitionsBuildItem extends SimpleBuildItem {

    private final RuntimeValue<List<SubsystemDefinition>> definitions;

    DefinitionsBuildItem(RuntimeValue<List<SubsystemDefinition>> definitions) {
        this.definitions = definitions;
    }

    RuntimeValue<List<SubsystemDefinition>> definitions() {
        return definitions;
    }
}
