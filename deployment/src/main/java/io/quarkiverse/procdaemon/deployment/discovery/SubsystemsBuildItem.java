package io.quarkiverse.procdaemon.deployment.discovery;

import io.quarkus.builder.item.SimpleBuildItem;

/** What discovery found, not yet validated. */
public final class SubsystemsBuildItem extends SimpleBuildItem {

    private final Subsystems subsystems;

    SubsystemsBuildItem(Subsystems subsystems) {
        this.subsystems = subsystems;
    }

    /** All that was found. */
    public Subsystems subsystems() {
        return subsystems;
    }
}
