package io.quarkiverse.procdaemon.collector.hooks;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the tests set when they start a collector. */
@ConfigMapping(prefix = "collector.test-hooks")
interface HookConfig {

    /** Whether there are any hooks. */
    @WithDefault("false")
    boolean enabled();

    /** What goes wrong from the start on, each time; the keys are names of methods. */
    Map<String, Fault> faults();

    /** A named pipe that nobody writes to, for {@link Fault#BLOCK}. */
    Optional<Path> pipe();
}
