package io.quarkiverse.procdaemon.deployment.wiring;

import io.quarkiverse.procdaemon.runtime.wiring.RecordedDaemon;
import io.quarkus.builder.item.SimpleBuildItem;
import io.quarkus.runtime.RuntimeValue;

/** The recorded definitions of the subsystems and of reloads. */
public final class DefinitionsBuildItem extends SimpleBuildItem {

    private final RuntimeValue<RecordedDaemon> daemon;

    DefinitionsBuildItem(RuntimeValue<RecordedDaemon> daemon) {
        this.daemon = daemon;
    }

    RuntimeValue<RecordedDaemon> daemon() {
        return daemon;
    }
}
