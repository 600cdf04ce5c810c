package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hashes the files whose attributes have changed. What cannot be read is logged when that begins, and counts as what it was
 * before. Used by one thread.
 */
final class ContentReader {

    /** More entries than this make a directory unreadable. */
    static final int ENTRIES = 4096;
    /** More bytes than this make a file unreadable. */
    static final long BYTES = 64L << 20;

    /** The ctime, unlike the time of the last write, cannot be set back. */
    private static final String ATTRIBUTES = FileSystems.getDefault().supportedFileAttributeViews().contains("unix")
            ? "unix:dev,ino,ctime,lastModifiedTime,size,isRegularFile"
            : "fileKey,lastModifiedTime,size,isRegularFile";
    /** What is written more than this later has other attributes: no file system counts time in longer steps. */
    private static final long STEP = TimeUnit.SECONDS.toNanos(2);

    private final Collection<Path> paths;
    private final EpisodeLog troubles = new EpisodeLog(Logger.getLogger(ContentReader.class));
    private final byte[] buffer = new byte[8192];
    private Map<Path, Known> last = Map.of();
    private @Nullable Map<Path, Known> found;
    private long now;

    /**
     * A file that has had the same attributes for a while.
     *
     * @param isFinal whether it was hashed so late that it has no other content as long as it has these attributes
     */
    private record Known(Map<String, Object> attributes, long since, boolean isFinal, String hash) {
    }

    ContentReader(Collection<Path> paths) {
        this.paths = paths;
    }

    /**
     * The hashes of the files and of those directly in directories; that of an empty file is empty.
     *
     * @param nanos what {@link System#nanoTime} says
     */
    Map<Path, String> read(long nanos) {
        now = nanos;
        found = new HashMap<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                readAllIn(path);
            } else {
                read(path, false);
            }
        }
        troubles.endRound();
        last = found;
        Map<Path, String> hashes = new HashMap<>();
        found.forEach((file, known) -> hashes.put(file, known.hash()));
        return hashes;
    }

    private void readAllIn(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> files = entries.limit(ENTRIES + 1).toList();
            if (files.size() > ENTRIES) {
                throw new IOException("it has more than " + ENTRIES + " entries");
            }
            files.forEach(file -> read(file, true));
        } catch (NoSuchFileException gone) {
            // So there is nothing in it.
        } catch (IOException | UncheckedIOException unreadable) {
            keepAsItWas(directory, unreadable);
        }
    }

    private void read(Path file, boolean mayBeAnything) {
        try {
            Map<String, Object> attributes = Files.readAttributes(file, ATTRIBUTES);
            if (attributes.get("isRegularFile").equals(true)) {
                found.put(file, known(file, attributes));
            } else if (!mayBeAnything) {
                throw new IOException("it is neither a regular file nor a directory");
            }
        } catch (NoSuchFileException absent) {
            // So it is not found.
        } catch (IOException unreadable) {
            keepAsItWas(file, unreadable);
        }
    }

    private void keepAsItWas(Path path, Exception unreadable) {
        troubles.found(path, Logger.Level.WARN,
                path + " cannot be read: " + unreadable + "; it counts as unchanged until it can");
        last.forEach((file, known) -> {
            if (file.equals(path) || path.equals(file.getParent())) {
                found.put(file, known);
            }
        });
    }

    private Known known(Path file, Map<String, Object> attributes) throws IOException {
        Known before = last.get(file);
        boolean isSame = before != null && before.attributes().equals(attributes);
        if (isSame && before.isFinal()) {
            return before;
        }
        long since = isSame ? before.since() : now;
        return new Known(attributes, since, now - since > STEP, hash(file));
    }

    private String hash(Path file) throws IOException {
        MessageDigest digest = sha256();
        long length = 0;
        try (InputStream bytes = Files.newInputStream(file)) {
            for (int read; (read = bytes.read(buffer)) > 0;) {
                length += read;
                if (length > BYTES) {
                    throw new IOException("it is longer than " + (BYTES >> 20) + " MiB");
                }
                digest.update(buffer, 0, read);
            }
        }
        return length == 0 ? "" : HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new LinkageError("every JDK has SHA-256", impossible);
        }
    }
}
