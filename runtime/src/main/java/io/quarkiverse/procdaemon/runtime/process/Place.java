package io.quarkiverse.procdaemon.runtime.process;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

import org.jspecify.annotations.Nullable;

/** Where a file of the process is to be: what is wrong with the place, in clauses that say what to do. */
final class Place {

    private Place() {
    }

    /** Null if a lock may be there; whether it can be opened is another matter. */
    static @Nullable String objectionToLock(Path file) {
        String objection = objection(file);
        return objection == null && !Files.exists(file) ? objectionToNew(file) : objection;
    }

    /** Null if a file may be put there in the place of what is there. */
    static @Nullable String objectionToReplaced(Path file) {
        String objection = objection(file);
        return objection == null ? objectionToNew(file) : objection;
    }

    private static @Nullable String objection(Path file) {
        Path directory = directory(file);
        if (!Files.exists(directory)) {
            return "cannot be created because the directory " + directory
                    + " does not exist; create it, for example with RuntimeDirectory= of systemd, or name another path";
        } else if (!Files.isDirectory(directory)) {
            return "cannot be created because " + directory + " is not a directory; name another path";
        } else if (Files.isDirectory(file)) {
            return "is a directory; name a file in it";
        } else if (Files.exists(file) && !Files.isRegularFile(file)) {
            return "is neither a regular file nor a free path; name another path";
        }
        return null;
    }

    private static @Nullable String objectionToNew(Path file) {
        Path directory = directory(file);
        return Files.isWritable(directory) ? null
                : "cannot be created because this user cannot write to the directory "
                        + directory + "; change its permissions or its mount, or name another path";
    }

    static Path directory(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    /** The mode 0644, where there are modes. */
    static FileAttribute<?>[] readableByAll() {
        return hasModes() ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")) } : new FileAttribute<?>[0];
    }

    static boolean hasModes() {
        return Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Why a file cannot be used, in words. */
    static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied";
        } else if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        } else if (failure instanceof FileSystemException other && other.getReason() != null) {
            return other.getReason();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
