package io.quarkiverse.procdaemon.collector.hooks;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What tests configure when they start a collector. */
@ConfigMapping(prefix = "collector.test-hooks")
interface HookConfig {

    /** Whether the hooks are enabled. */
    @WithDefault("false")
    boolean enabled();

    /** ArmedFaults that are armed from the start, for each call; the keys are names of methods. */
    Map<String, Fault> faults();

    /** A named pipe that nobody writes to, for {@link Fault#BLOCK}. */
    Optional<Path> pipe();
}
