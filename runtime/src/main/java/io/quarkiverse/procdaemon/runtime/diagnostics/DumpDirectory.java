package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The directory of the files. Each is written in a directory of its own with mode 0700, whatever the mode that its writer gives
 * it, and moved when it is complete.
 */
final class DumpDirectory {

    /** What the names of unfinished ones begin with. */
    static final String PARTIAL = ".partial-";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'")
            .withZone(ZoneOffset.UTC);
    private static final int LONGEST = 100;

    private final Place place;
    private final Ownership ownership;
    private final String daemon;
    private final FileAttribute<?>[] own;

    /** @param daemon the name of the daemon */
    DumpDirectory(Place place, Ownership ownership, String daemon) {
        this.place = place;
        this.ownership = ownership;
        this.daemon = safe(daemon);
        this.own = place.directory().getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")) }
                : new FileAttribute<?>[0];
    }

    /** As a part of the name of a file. */
    static String safe(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", "_");
        return safe.isEmpty() ? "_" : safe.substring(0, Math.min(LONGEST, safe.length()));
    }

    Path path() {
        return place.directory();
    }

    /** Begins a file; creates the directory if it is missing. */
    DumpFile begin(Kind kind) throws IOException {
        try {
            create();
            Path partial = Files.createTempDirectory(path(), PARTIAL + daemon + "-", own);
            return new DumpFile(this, kind, partial);
        } catch (IOException | UnsupportedOperationException failure) {
            throw failed(kind, failure);
        }
    }

    private void create() throws IOException {
        Path directory = path();
        if (!Files.exists(directory) && directory.getParent() != null) {
            Files.createDirectories(directory.getParent());
        }
        try {
            Files.createDirectory(directory, own);
        } catch (FileAlreadyExistsException there) {
            // By somebody, perhaps just now.
        }
        ownership.check(place);
    }

    /** A name that no file has. Times differ, but for clocks that are set back and processes with the same number. */
    Path free(Kind kind, Instant begun) {
        String name = prefix(kind) + TIME.format(begun) + "-" + ProcessHandle.current().pid();
        Path free = path().resolve(name + kind.ending);
        for (int more = 2; Files.exists(free); more++) {
            free = path().resolve(name + "-" + more + kind.ending);
        }
        return free;
    }

    /** What all names of that kind begin with. */
    String prefix(Kind kind) {
        return daemon + "-" + kind.inName + "-";
    }

    /** What all names of unfinished ones begin with. */
    String partialPrefix() {
        return PARTIAL + daemon + "-";
    }

    /** In words, with the way out. */
    IOException failed(Kind kind, Exception cause) {
        String why = why(cause);
        String wayOut = why.contains("; ") ? ", or set" : why.contains("pace left") ? "; free some space, or set" : "; set";
        return new IOException("The " + kind.words + " cannot be written to " + path() + ": " + why + wayOut
                + " quarkus.proc-daemon.dump.directory to another directory", cause);
    }

    private static String why(Exception cause) {
        if (cause instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied";
        }
        if (cause instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (cause instanceof NotDirectoryException || cause instanceof FileAlreadyExistsException) {
            return ((FileSystemException) cause).getFile() + " is not a directory";
        }
        if (cause instanceof FileSystemException other && other.getReason() != null) {
            return other.getReason();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
