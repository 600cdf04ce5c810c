package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import org.jboss.logging.Logger;

/**
 * Reads what is in the files. One that cannot be read is logged when that begins, and counts as what it was before. Used by one
 * thread.
 */
final class ContentReader {

    /** More entries than this make a directory unreadable. */
    static final int ENTRIES = 4096;
    /** More bytes than this make a file unreadable. */
    static final long BYTES = 64L << 20;

    private static final Logger LOG = Logger.getLogger(ContentReader.class);

    private final Collection<Path> paths;
    private final EpisodeLog spells = new EpisodeLog(LOG);
    private final byte[] buffer = new byte[8192];
    private Map<Spot, Content> last = Map.of();

    ContentReader(Collection<Path> paths) {
        this.paths = paths;
    }

    /** What there is: the paths themselves, or all files directly in them; what is absent is left out. */
    Map<Spot, Content> read() {
        Map<Spot, Content> found = new HashMap<>();
        for (Path path : paths) {
            found.putAll(read(path));
        }
        spells.endRound();
        last = found;
        return found;
    }

    /** Whether something could not be read the last time. */
    boolean isInTrouble() {
        return spells.any();
    }

    private Map<Spot, Content> read(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return readAllIn(path);
            }
            if (attributes.isRegularFile()) {
                return Map.of(new Spot(path, path), contentOf(path));
            }
            throw new IOException("it is neither a regular file nor a directory");
        } catch (NoSuchFileException absent) {
            return Map.of();
        } catch (IOException | DirectoryIteratorException unreadable) {
            complain(path, unreadable);
            return lastOf(path);
        }
    }

    private Map<Spot, Content> lastOf(Path path) {
        Map<Spot, Content> found = new HashMap<>(last);
        found.keySet().removeIf(spot -> !spot.path().equals(path));
        return found;
    }

    private Map<Spot, Content> readAllIn(Path directory) throws IOException {
        Map<Spot, Content> found = new HashMap<>();
        int count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path file : entries) {
                if (++count > ENTRIES) {
                    throw new IOException("it has more than " + ENTRIES + " entries");
                }
                Spot spot = new Spot(directory, file);
                Content content = contentIn(spot);
                if (content != null) {
                    found.put(spot, content);
                }
            }
        }
        return found;
    }

    /** Null if there is no such regular file. */
    private Content contentIn(Spot spot) {
        try {
            return Files.isRegularFile(spot.file()) ? contentOf(spot.file()) : null;
        } catch (NoSuchFileException gone) {
            return null;
        } catch (IOException unreadable) {
            complain(spot.file(), unreadable);
            return last.get(spot);
        }
    }

    private void complain(Path path, Exception unreadable) {
        spells.found(path, Logger.Level.WARN,
                path + " cannot be read: " + unreadable + "; it counts as unchanged until it can");
    }

    private Content contentOf(Path file) throws IOException {
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
        return length == 0 ? new Content.Empty(Files.getLastModifiedTime(file))
                : new Content.Bytes(HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new LinkageError("every JDK has SHA-256", impossible);
        }
    }
}
