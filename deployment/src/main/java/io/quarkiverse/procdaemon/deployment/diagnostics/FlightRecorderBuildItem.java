package io.quarkiverse.procdaemon.deployment.diagnostics;

import java.util.Optional;

import io.quarkus.builder.item.SimpleBuildItem;

/** Whether the application can record with the Flight Recorder, as far as the build decides that. */
public final class FlightRecorderBuildItem extends SimpleBuildItem {

    private final Optional<String> whyNot;

    FlightRecorderBuildItem(Optional<String> whyNot) {
        this.whyNot = whyNot;
    }

    /** Empty if it can, else a sentence. */
    Optional<String> whyNot() {
        return whyNot;
    }

    /** Whether it can. */
    public boolean isAvailable() {
        return whyNot.isEmpty();
    }
}
