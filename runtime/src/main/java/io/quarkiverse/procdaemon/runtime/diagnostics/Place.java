package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Where the files go.
 *
 * @param directory the directory
 * @param shared whether it lies in a directory where everybody may create files, so that nobody else may have made it
 */
record Place(Path directory, boolean shared) {

    /**
     * The place that the configuration names, or else the service manager, or else a directory of this user's own in the
     * system's temporary one.
     *
     * @param environment gives the value of a variable, or null
     */
    static Place of(Optional<Path> configured, UnaryOperator<@Nullable String> environment, String temporary, String user) {
        if (configured.isPresent()) {
            return new Place(configured.get().toAbsolutePath().normalize(), false);
        }
        for (String variable : new String[] { "LOGS_DIRECTORY", "STATE_DIRECTORY" }) {
            String value = environment.apply(variable);
            String first = value == null ? "" : value.split(":", 2)[0];
            if (!first.isBlank()) {
                return new Place(Path.of(first).toAbsolutePath().normalize(), false);
            }
        }
        return new Place(Path.of(temporary).toAbsolutePath().normalize().resolve("proc-daemon-" + DumpDirectory.safe(user)),
                true);
    }
}
