package io.quarkiverse.procdaemon.deployment.wiring;

import io.quarkiverse.procdaemon.runtime.wiring.DaemonLifecycle;
import io.quarkus.builder.item.SimpleBuildItem;
import io.quarkus.runtime.RuntimeValue;

/** The engine, recorded but not yet started. */
public final class LifecycleBuildItem extends SimpleBuildItem {

    private final RuntimeValue<DaemonLifecycle> lifecycle;

    LifecycleBuildItem(RuntimeValue<DaemonLifecycle> lifecycle) {
        this.lifecycle = lifecycle;
    }

    RuntimeValue<DaemonLifecycle> lifecycle() {
        return lifecycle;
    }
}
