package io.quarkiverse.procdaemon.collector;

import java.nio.file.Path;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The settings of the line collector. */
@ConfigMapping(prefix = "collector")
interface CollectorConfig {

    /** The address to listen on. */
    @WithDefault("0.0.0.0")
    String host();

    /** The TCP port to listen on; 0 lets the system pick one, which is logged. */
    @WithDefault("7070")
    int port();

    /** The file that the lines are appended to. Missing directories are created. */
    @WithDefault("data/lines.log")
    Path journal();

    /** The longest line accepted, in bytes without the line end, 1 to 1048576. */
    @WithDefault("8192")
    int maxLineBytes();

    /** How many connections are served at once, 1 to 65536; more wait until one closes. */
    @WithDefault("256")
    int maxConnections();
}
