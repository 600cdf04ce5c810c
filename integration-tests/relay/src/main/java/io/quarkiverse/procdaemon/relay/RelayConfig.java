package io.quarkiverse.procdaemon.relay;

import java.net.InetSocketAddress;
import java.time.Duration;

import io.smallrye.config.ConfigMapping;

/** Described in {@code application.properties}. */
@ConfigMapping(prefix = "relay")
interface RelayConfig {

    InetSocketAddress sink();

    Duration sinkTimeout();

    Duration pollInterval();

    int batchSize();

    Duration cleanupInterval();

    Duration keepSent();
}
