package io.quarkiverse.procdaemon.deployment.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file of properties that an application of a test is started with. */
final class ConfigFile {

    private final Path path;

    private ConfigFile(Path path) {
        this.path = path;
    }

    /** The same for the test as for its application, which know each other's classes by other loaders. */
    static ConfigFile of(String test, String... lines) {
        return named("test.properties", test, lines);
    }

    /** The same for a file of another name. */
    static ConfigFile named(String file, String test, String... lines) {
        try {
            Path directory = Files.createDirectories(Path.of("target", "reload", test)).toAbsolutePath();
            ConfigFile it = new ConfigFile(directory.resolve(file));
            it.write(lines);
            return it;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For {@code quarkus.config.locations}. */
    String location() {
        return path.toUri().toString();
    }

    /** As messages name it. */
    String name() {
        return Path.of("").toAbsolutePath().relativize(path).toString();
    }

    /** At once, so nobody sees a half. */
    void write(String... lines) {
        try {
            Path next = path.resolveSibling("next");
            Files.writeString(next, String.join("\n", lines) + "\n");
            Files.move(next, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
