package io.quarkiverse.procdaemon.runtime.report;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The place of the report. A file is replaced by a new one, so that a reader never sees half a report; a file that cannot be
 * replaced, such as a mounted one, is overwritten. Nothing is opened that could block, and no link to a file is followed.
 */
final class ReportPlace {

    /** Enough for more than ten thousand subsystems. */
    private static final int MOST = 4 << 20;

    private final Path file;
    private final SecureRandom random = new SecureRandom();

    ReportPlace(Path file) {
        this.file = file;
    }

    FileKind kind() throws IOException {
        return FileKind.of(file);
    }

    /** The content; empty if there is none, or if it is not kept there. */
    Optional<String> read() throws IOException {
        return switch (kind()) {
            case FILE -> readFile();
            case LINK -> throw refused("it is a symbolic link to a file, which is not followed");
            case DIRECTORY -> throw refused("it is a directory");
            case OTHER -> throw refused("it is a socket or a block device");
            default -> Optional.empty();
        };
    }

    private Optional<String> readFile() throws IOException {
        byte[] read;
        try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
            read = in.readNBytes(MOST + 1);
        }
        if (read.length > MOST) {
            throw refused("it is larger than " + (MOST >> 20) + " MiB");
        }
        return read.length == 0 ? Optional.empty()
                : Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(read)).toString());
    }

    /** Writes it, replacing the old content. */
    void write(byte[] report) throws IOException {
        switch (kind()) {
            case MISSING, FILE, LINK -> replace(report);
            case DIRECTORY -> throw refused("it is a directory");
            case OTHER -> throw refused("it is a socket or a block device");
            case STDOUT -> print(report, FileDescriptor.out);
            case STDERR -> print(report, FileDescriptor.err);
            case DEVICE -> put(report, WRITE);
            // Also for reading: opening a pipe only for writing waits for a reader.
            case PIPE -> put(report, READ, WRITE);
            case FIFO -> {
                // The start has logged it.
            }
        }
    }

    // Never closed: it belongs to the process.
    @SuppressWarnings("resource")
    private static void print(byte[] report, FileDescriptor descriptor) throws IOException {
        new FileOutputStream(descriptor).write(report);
    }

    private void replace(byte[] report) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path next = directory.resolve("." + file.getFileName() + "." + Long.toHexString(random.nextLong()));
        try {
            Files.write(next, new byte[0], CREATE_NEW, WRITE);
        } catch (IOException notThere) {
            overwrite(report, notThere);
            return;
        }
        try {
            FileStatus old = FileStatus.of(file, NOFOLLOW_LINKS);
            if (old.is(FileStatus.REGULAR)) {
                old.handOn(next);
            }
            Files.write(next, report, WRITE, NOFOLLOW_LINKS);
            move(next, report);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private void move(Path next, byte[] report) throws IOException {
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException otherwise) {
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException inUse) {
            overwrite(report, inUse);
        }
    }

    /** @param why it cannot be replaced */
    private void overwrite(byte[] report, IOException why) throws IOException {
        if (!FileStatus.of(file, NOFOLLOW_LINKS).is(FileStatus.REGULAR)) {
            throw why;
        }
        try {
            put(report, READ, WRITE, TRUNCATE_EXISTING, NOFOLLOW_LINKS);
        } catch (IOException neither) {
            why.addSuppressed(neither);
            throw why;
        }
    }

    private void put(byte[] report, OpenOption... options) throws IOException {
        try (FileChannel out = FileChannel.open(file, options)) {
            for (ByteBuffer left = ByteBuffer.wrap(report); left.hasRemaining();) {
                out.write(left);
            }
        }
    }

    /** Deletes the file, if it is one; if that is not possible, empties it. */
    void clear() throws IOException {
        if (!FileStatus.of(file, NOFOLLOW_LINKS).is(FileStatus.REGULAR)) {
            return;
        }
        try {
            Files.delete(file);
        } catch (IOException stays) {
            overwrite(new byte[0], stays);
        }
    }

    private FileSystemException refused(String why) {
        return new FileSystemException(file.toString(), null, why);
    }
}
