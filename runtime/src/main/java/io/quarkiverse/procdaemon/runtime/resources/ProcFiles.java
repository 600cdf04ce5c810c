package io.quarkiverse.procdaemon.runtime.resources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What Linux tells of a process in the files of its directory. */
final class ProcFiles {

    private static final String RESIDENT_SET = "VmRSS:";
    private static final String THREADS = "Threads:";
    private static final String OPEN_FILES = "Max open files";

    private final Path directory;

    ProcFiles(Path directory) {
        this.directory = directory;
    }

    /** Whether this system has them. */
    boolean exist() {
        return Files.isReadable(directory.resolve("status"));
    }

    OptionalLong residentSet() {
        OptionalLong kibibytes = number(directory.resolve("status"), RESIDENT_SET);
        return kibibytes.isEmpty() ? kibibytes : OptionalLong.of(kibibytes.getAsLong() << 10);
    }

    OptionalLong threads() {
        return number(directory.resolve("status"), THREADS);
    }

    /** Without the one that counts them. */
    OptionalLong openFiles() {
        long count = -1;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory.resolve("fd"))) {
            for (Path ignored : all) {
                count++;
            }
        } catch (IOException | RuntimeException hidden) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.max(0, count));
    }

    /** The soft limit. */
    OptionalLong maxOpenFiles() {
        return number(directory.resolve("limits"), OPEN_FILES);
    }

    /** The first number after the name at the beginning of a line. */
    static OptionalLong number(Path file, String name) {
        for (String line : lines(file)) {
            if (line.startsWith(name)) {
                return number(line.substring(name.length()).strip().split("\\s+")[0]);
            }
        }
        return OptionalLong.empty();
    }

    static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException unlimited) {
            return OptionalLong.empty();
        }
    }

    /** The lines of a file; none if it cannot be read. Names in it may have any bytes. */
    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException | RuntimeException missing) {
            return List.of();
        }
    }
}
