package io.quarkiverse.procdaemon.collector;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The settings of the line collector that may change while it serves. */
@ConfigMapping(prefix = "collector")
interface LimitsConfig {

    /**
     * The longest line accepted, in bytes without the line end, 1 to 1048576. A line that has begun is held to what held then.
     */
    @WithDefault("8192")
    int maxLineBytes();

    /**
     * How many connections are served at once, 1 to 65536; more wait until one closes. None is closed because it becomes less.
     */
    @WithDefault("256")
    int maxConnections();
}
