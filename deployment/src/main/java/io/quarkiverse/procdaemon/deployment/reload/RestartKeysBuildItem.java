package io.quarkiverse.procdaemon.deployment.reload;

import io.quarkiverse.procdaemon.runtime.reload.RestartKeys;
import io.quarkus.builder.item.SimpleBuildItem;

/** The keys that only a restart takes up. */
public final class RestartKeysBuildItem extends SimpleBuildItem {

    private final RestartKeys keys;

    RestartKeysBuildItem(RestartKeys keys) {
        this.keys = keys;
    }

    /** The keys, to be recorded. */
    public RestartKeys keys() {
        return keys;
    }
}
