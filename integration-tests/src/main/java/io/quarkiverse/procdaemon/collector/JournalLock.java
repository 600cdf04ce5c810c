package io.quarkiverse.procdaemon.collector;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/**
 * Keeps a second collector away from a journal. The lock is on a file of its own beside the journal: a process loses its lock
 * on a file as soon as it closes any descriptor of it, and the journal is opened and closed by every reader. The lock file
 * stays when the lock is released; to delete it would let two processes lock two files of one name.
 */
final class JournalLock implements Closeable {

    private final FileChannel channel;

    private JournalLock(FileChannel channel) {
        this.channel = channel;
    }

    static JournalLock acquire(Path journal) throws IOException {
        FileChannel channel = FileChannel.open(journal.resolveSibling(journal.getFileName() + ".lock"), CREATE, WRITE);
        try {
            if (tryLock(channel) != null) {
                return new JournalLock(channel);
            }
            throw new JournalException("The journal " + journal + " is in use by another running collector:"
                    + " stop that one, or set collector.journal to another file");
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
