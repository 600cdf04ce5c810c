package io.quarkiverse.procdaemon.runtime.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;

/** The control socket. */
public interface ControlConfig {

    /**
     * The path of the Unix domain socket on which the control API is served, if the application was built with
     * {@code quarkus.proc-daemon.control.enabled}. Its directory must exist; the path can have about 100 bytes.
     * In dev mode and tests there is no socket unless this is set.
     */
    @ConfigDocDefault("${quarkus.proc-daemon.name}.sock in $RUNTIME_DIRECTORY, else in $XDG_RUNTIME_DIR, else it must be set")
    Optional<Path> socket();

    /**
     * The names of the users that may use the control socket, besides root and the user of the process. If there are any, the
     * mode of the socket is 0666, otherwise 0600; in both cases each client's user is checked.
     */
    @ConfigDocDefault("none")
    Optional<List<String>> allowedUsers();
}
