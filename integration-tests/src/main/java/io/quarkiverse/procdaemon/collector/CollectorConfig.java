package io.quarkiverse.procdaemon.collector;

import java.nio.file.Path;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The settings of the line collector that cannot change at run time. */
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
}
