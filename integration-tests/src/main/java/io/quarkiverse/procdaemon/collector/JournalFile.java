package io.quarkiverse.procdaemon.collector;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An open journal: text lines, appended durably. Written by one thread; {@link #lines()} and {@link #length()} may be read by
 * any and never go back.
 * <p>
 * It is a {@link RandomAccessFile} because a {@link FileChannel} is closed for everyone when the thread using it is
 * interrupted, as a thread that stops late is.
 */
final class JournalFile implements LineStore, Closeable {

    private final Path path;
    private final JournalLock lock;
    private final RandomAccessFile file;
    private final long torn;
    private volatile long lines;
    private volatile long length;
    private boolean failed;

    private JournalFile(Path path, JournalLock lock, RandomAccessFile file) throws IOException {
        this.path = path;
        this.lock = lock;
        this.file = file;
        JournalExtent extent = JournalExtent.of(file);
        lines = extent.lines();
        length = extent.bytes();
        torn = file.length() - length;
        if (torn > 0) {
            file.setLength(length);
            file.getFD().sync();
        }
        file.seek(length);
    }

    /** Opens the journal, creates it if it is missing, and cuts off a torn last line. */
    static JournalFile open(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new JournalException("The journal " + path + " is " + (Files.isDirectory(path) ? "a directory" : "no file")
                    + ": set collector.journal to a file");
        }
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            JournalLock lock = JournalLock.acquire(path);
            try {
                return openLocked(path, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (JournalException | InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new JournalException("Cannot open the journal " + path + " (" + e
                    + "): let the collector write there, or set collector.journal to another file", e);
        }
    }

    private static JournalFile openLocked(Path path, JournalLock lock) throws IOException {
        boolean created = Files.notExists(path);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (created) {
                syncDirectory(path.toAbsolutePath().getParent());
            }
            return new JournalFile(path, lock, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Without this a crash of the machine could take the new file's name with it. */
    private static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory)) {
            channel.force(true);
        }
    }

    @Override
    public void append(LineBatch batch) throws IOException {
        if (failed) {
            throw new JournalException("The journal " + path + " takes no more lines since a write failed");
        }
        try {
            file.write(batch.bytes(), 0, batch.size());
            file.getFD().sync();
        } catch (IOException e) {
            failed = true;
            JournalException failure = new JournalException(
                    "Cannot write the journal " + path + " (" + e + "): " + batch.lines()
                            + " lines were not acknowledged; see to the disk",
                    e);
            cutBack(failure);
            throw failure;
        }
        lines += batch.lines();
        length += batch.size();
    }

    /** What was written in part must not be found before other lines later. */
    private void cutBack(JournalException failure) {
        try {
            file.setLength(length);
            file.getFD().sync();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public long lines() {
        return lines;
    }

    /** How many bytes are on disk and good. */
    long length() {
        return length;
    }

    /** How many bytes {@link #open} cut off. */
    long torn() {
        return torn;
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            file.close();
        }
    }
}
