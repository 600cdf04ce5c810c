package io.quarkiverse.procdaemon.deployment.messaging;

import java.util.Map;

import io.quarkus.builder.item.SimpleBuildItem;

/** The channels that {@code @Incoming} methods consume. */
public final class ChannelsBuildItem extends SimpleBuildItem {

    private final Map<String, String> channels;

    ChannelsBuildItem(Map<String, String> channels) {
        this.channels = channels;
    }

    /** By name, why no message can be kept from their consumer; empty if it can. */
    public Map<String, String> channels() {
        return channels;
    }
}
