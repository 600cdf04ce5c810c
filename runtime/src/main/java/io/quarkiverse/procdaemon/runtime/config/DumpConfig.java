package io.quarkiverse.procdaemon.runtime.config;

import java.nio.file.Path;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;

/** Thread dumps, heap dumps and recordings. */
@ConfigGroup
public interface DumpConfig {

    /**
     * The directory of thread dumps, heap dumps and recordings. It is created with mode 0700 when the first of them is
     * written.
     */
    @ConfigDocDefault("$LOGS_DIRECTORY, or else $STATE_DIRECTORY (the first of several directories), or else"
            + " proc-daemon-USER in the system's temporary directory")
    Optional<Path> directory();
}
