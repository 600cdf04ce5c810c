package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/** A file that is being written. Closing it deletes what is left of it. */
final class DumpFile implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DumpFile.class);

    private final DumpDirectory directory;
    private final Kind kind;
    private final Path partial;
    private final Instant begun = Instant.now();

    DumpFile(DumpDirectory directory, Kind kind, Path partial) {
        this.directory = directory;
        this.kind = kind;
        this.partial = partial;
    }

    /** Where to write it. It does not exist yet. */
    Path path() {
        return partial.resolve("dump" + kind.ending);
    }

    /** For what is needed on the way. */
    Path path(String other) {
        return partial.resolve(other);
    }

    /** It is complete. */
    Path publish() throws IOException {
        try {
            if (Files.getFileStore(path()).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-------"));
            }
            return Files.move(path(), directory.free(kind, begun));
        } catch (IOException failure) {
            throw directory.failed(kind, failure);
        }
    }

    /**
     * Says that it is there, and deletes the oldest if there are too many. Not under a lock: the log may hang. Who asked for a
     * thread dump gets its path and has nothing else to explain; the others may explain a pause, or end much later.
     */
    static void tell(DumpDirectory directory, Kind kind, Path written) {
        LOG.logf(kind == Kind.THREADS ? Level.DEBUG : Level.INFO, "Wrote the %s %s", kind.words, written);
        new KeptFiles(directory).review(kind);
    }

    @Override
    public void close() {
        delete(partial);
    }

    /** Deletes a directory of files. */
    static void delete(Path partial) {
        try {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(partial)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(partial);
        } catch (NoSuchFileException gone) {
            // That is what was wanted.
        } catch (IOException stays) {
            LOG.warnf("The unfinished dump %s cannot be deleted (%s); delete it to free its space", partial, stays);
        }
    }
}
