package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.InvalidConfigurationException;

/** Where the socket is to be. */
final class SocketPath {

    static final String KEY = "quarkus.proc-daemon.control.socket";
    /** Bytes; of Linux and the BSDs, less the zero at the end. */
    private static final int LONGEST = Files.isDirectory(Path.of("/proc/self")) ? 107 : 103;

    private SocketPath() {
    }

    /**
     * The path as configured, or in the directory that a service manager or a session provides.
     *
     * @throws InvalidConfigurationException if no socket can be there
     */
    static Path of(Optional<Path> configured, String daemon, Map<String, String> environment) {
        Path path = named(configured, daemon, environment);
        check(path);
        return path;
    }

    /**
     * The same, whether a socket can be there or not.
     *
     * @throws InvalidConfigurationException if nothing says where
     */
    static Path named(Optional<Path> configured, String daemon, Map<String, String> environment) {
        return configured.orElseGet(() -> byDefault(daemon, environment)).toAbsolutePath().normalize();
    }

    /** @throws InvalidConfigurationException if no socket can be there */
    static void check(Path path) {
        Path directory = path.getParent();
        if (directory == null || path.getFileName() == null || Files.isDirectory(path)) {
            throw problem(path, "is a directory; add the name of a file");
        } else if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
            throw problem(path, "cannot be protected on this operating system; build the application without "
                    + "quarkus.proc-daemon.control.enabled");
        } else if (!Files.isDirectory(directory)) {
            throw problem(path, "cannot be created because there is no directory " + directory
                    + "; create it or choose another path");
        } else if (!Files.isWritable(directory)) {
            throw problem(path, "cannot be created because this process may not write to the directory " + directory
                    + "; change its owner or choose another path");
        }
        checkLength(path, directory);
        try {
            SocketFile.check(path);
        } catch (IOException obstacle) {
            throw problem(path, obstacle.getMessage());
        }
    }

    private static Path byDefault(String daemon, Map<String, String> environment) {
        for (String variable : new String[] { "RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR" }) {
            // systemd separates several by colons.
            String directory = environment.getOrDefault(variable, "").split(":", 2)[0];
            if (!directory.isEmpty()) {
                if (daemon.indexOf('/') >= 0) {
                    throw problem("the name of the daemon, " + daemon + ", cannot be the name of a file; set " + KEY);
                }
                return Path.of(directory, daemon + ".sock");
            }
        }
        throw problem("neither $RUNTIME_DIRECTORY nor $XDG_RUNTIME_DIR says where the control socket is to be; set " + KEY
                + ", or have the service manager set the first (systemd: RuntimeDirectory=)");
    }

    private static void checkLength(Path path, Path directory) {
        int length = bytes(path);
        int most = Math.min(LONGEST, LONGEST - SocketFile.freshLength() + length - bytes(directory));
        if (length > most) {
            throw problem(path, "has " + length + " bytes, but the path of a socket can have at most " + most
                    + "; choose a shorter one");
        }
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    static InvalidConfigurationException problem(Path path, String what) {
        return problem(KEY + " (" + path + ") " + what);
    }

    static InvalidConfigurationException problem(String sentence) {
        return new InvalidConfigurationException(ErrorCode.INVALID_CONFIGURATION, "the control socket",
                List.of(sentence));
    }
}
