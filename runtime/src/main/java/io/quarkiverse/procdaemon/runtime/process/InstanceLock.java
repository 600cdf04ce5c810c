package io.quarkiverse.procdaemon.runtime.process;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.InvalidConfigurationException;

/**
 * A lock of the operating system on a file, so that only one process has it; it ends with the process at the latest. The file
 * stays. What it contains is for the one that does not get the lock.
 */
public final class InstanceLock implements AutoCloseable {

    /** The key of its path. */
    public static final String KEY = "quarkus.proc-daemon.instance-lock";

    private static final Logger LOG = Logger.getLogger(InstanceLock.class);
    private static final String ANOTHER = "; name another path";
    private static final String DENIED = "; run the daemon as the user who owns it, change its permissions, or name another path";
    private static final String OTHER_CONTENT = "is the path of a file with other content, which is not overwritten; name another"
            + " path, or delete the file if nothing needs it";
    private static final int MOST = 4096;
    private static final Set<OpenOption> OWN = Set.of(READ, WRITE, CREATE);

    private final Path file;
    private final FileChannel channel;

    private InstanceLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * What is wrong with the path of a lock that a later process is to take: a sentence that says what to do; null if nothing
     * is known. Whether another process holds it is not looked at, since that may have changed by then.
     *
     * @param held the lock of this process, which would be lost if its file were opened; null if it has none
     */
    public static @Nullable String objection(Path file, @Nullable Path held) {
        String objection = Place.objectionToLock(file);
        try {
            // A lock file that has been moved away may be this one.
            if (objection == null && Files.exists(file)
                    && (held == null || Files.exists(held) && !Files.isSameFile(file, held))) {
                objection = objectionToContent(file);
            }
        } catch (IOException unknown) {
            objection = "cannot be used: " + Place.reason(unknown) + ANOTHER;
        }
        return objection == null ? null : sentence(file, objection);
    }

    private static @Nullable String objectionToContent(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            return isOther(read(channel)) ? OTHER_CONTENT : null;
        } catch (AccessDeniedException denied) {
            return "cannot be opened: " + Place.reason(denied) + DENIED;
        }
    }

    private static boolean isOther(String content) {
        return !content.isEmpty() && !content.startsWith(Holder.HEADER);
    }

    /**
     * Takes the lock. The result must stay reachable as long as the lock is to be held.
     *
     * @param daemon the name of this daemon, for others
     * @throws DaemonException if another process has it, or if it cannot be taken; says who, or why
     */
    public static InstanceLock take(Path file, String daemon) {
        String objection = Place.objectionToLock(file);
        if (objection != null) {
            throw problem(file, objection);
        }
        try {
            return open(file, daemon);
        } catch (AccessDeniedException denied) {
            throw withoutPermission(file, denied);
        } catch (IOException failure) {
            throw problem(file, "cannot be used: " + Place.reason(failure) + ANOTHER);
        }
    }

    private static InstanceLock open(Path file, String daemon) throws IOException {
        FileChannel channel = FileChannel.open(file, OWN, Place.readableByAll());
        boolean taken = false;
        try {
            if (channel.tryLock() == null) {
                throw held(file, read(channel));
            }
            if (isOther(read(channel))) {
                throw problem(file, OTHER_CONTENT);
            }
            InstanceLock lock = new InstanceLock(file, channel);
            lock.write(Holder.self(daemon));
            taken = true;
            return lock;
        } catch (OverlappingFileLockException ours) {
            // Closing this channel would release the lock, which another application in this JVM has.
            taken = true;
            throw new DaemonStateException(ErrorCode.INSTANCE_LOCKED, "the daemon does not start because this process itself"
                    + " has the instance lock " + file + "; stop the other application in this JVM first");
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** The lock protects without it. */
    private void write(Holder self) {
        try {
            channel.truncate(0);
            ByteBuffer content = StandardCharsets.UTF_8.encode(self.toFile());
            while (content.hasRemaining()) {
                channel.write(content, content.position());
            }
        } catch (IOException full) {
            LOG.warnf("This process has the instance lock %s but cannot write there who it is (%s): others will not know who"
                    + " holds it", file, Place.reason(full));
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(MOST);
        while (content.hasRemaining() && channel.read(content, content.position()) >= 0) {
            // Until it is full or all is read.
        }
        return StandardCharsets.UTF_8.decode(content.flip()).toString();
    }

    /** Of a file that belongs to another user, it may still be possible to find out who holds the lock. */
    private static DaemonException withoutPermission(Path file, AccessDeniedException denied) {
        try (FileChannel channel = FileChannel.open(file, READ)) {
            if (channel.tryLock(0, Long.MAX_VALUE, true) == null) {
                return held(file, read(channel));
            }
        } catch (IOException | OverlappingFileLockException neither) {
            denied.addSuppressed(neither);
        }
        return problem(file, "cannot be opened: " + Place.reason(denied) + DENIED);
    }

    private static DaemonException held(Path file, String content) {
        return new DaemonStateException(ErrorCode.INSTANCE_LOCKED, "the daemon does not start because another process holds"
                + " the instance lock " + file + ": "
                + Holder.fromFile(content).map(Holder::text).orElse("which one is not known, as the file does not say")
                + "; stop that one first, or set " + KEY + " to another path");
    }

    private static DaemonException problem(Path file, String what) {
        return new InvalidConfigurationException(ErrorCode.INVALID_CONFIGURATION, "the configuration of the daemon",
                List.of(sentence(file, what)));
    }

    private static String sentence(Path file, String what) {
        return KEY + " (" + file + ") " + what;
    }

    /** Releases it; the file stays. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            LOG.warnf("The instance lock %s cannot be released before the end of the process: %s", file,
                    Place.reason(failure));
        }
    }
}
