package io.quarkiverse.procdaemon.deployment.wiring;

import io.quarkiverse.procdaemon.runtime.wiring.RecordedDaemon;
import io.quarkus.builder.item.SimpleBuildItem;
import io.quarkus.runtime.RuntimeValue;

/** What is recorded of the subsystems, and of what they have to do with reloads. */
public final class DefinitionsBuildItem extends SimpleBuildItem {

    private final RuntimeValue<RecordedDaemon> daemon;

    DefinitionsBuildItem(RuntimeValue<RecordedDaemon> daemon) {
        this.daemon = daemon;
    }

    RuntimeValue<RecordedDaemon> daemon() {
        return daemon;
    }
}
