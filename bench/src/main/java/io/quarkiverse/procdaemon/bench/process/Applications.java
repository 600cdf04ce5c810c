package io.quarkiverse.procdaemon.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The same application twice.
 *
 * @param without the extension
 * @param with it
 */
public record Applications(Path without, Path with) {

    private static final String TARGET = "bench/apps/%s/target";

    /** Those that Maven has built as jars; they need not be there. */
    public static Applications jars() {
        return new Applications(jar("without"), jar("with"));
    }

    /** Those that Maven has built as native executables; they need not be there. */
    public static Applications executables() {
        return new Applications(executable("without"), executable("with"));
    }

    /** Whether both are there. */
    public boolean areBuilt() {
        return Files.isRegularFile(without) && Files.isRegularFile(with);
    }

    /** What they are run by: {@code JVM} or {@code native}. */
    String kind() {
        return Program.isJar(with) ? "JVM" : "native";
    }

    private static Path jar(String which) {
        return target(which).resolve(Path.of("quarkus-app", "quarkus-run.jar"));
    }

    private static Path executable(String which) {
        Path target = target(which);
        if (!Files.isDirectory(target)) {
            return target;
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("-runner")).findFirst().orElse(target);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path target(String which) {
        return Path.of(TARGET.formatted(which));
    }
}
