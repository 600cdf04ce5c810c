package io.quarkiverse.procdaemon.runtime.process;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.DaemonService;

/**
 * The file with the process ID of the daemon, from the moment at which it is RUNNING until its end. Only information: the
 * {@link InstanceLock} is what keeps a second process away.
 */
public final class PidFile implements DaemonService {

    /** The key of its path. */
    public static final String KEY = "quarkus.proc-daemon.pid-file";

    private static final Logger LOG = Logger.getLogger(PidFile.class);
    /** More than any process ID with white space around it. */
    private static final int MOST = 64;

    private final Path file;
    private final String pid = Long.toString(ProcessHandle.current().pid());
    /** Which file this process wrote, as far as the file system tells them apart; null if none. Guarded by this. */
    private @Nullable Object written;
    private boolean ended;

    public PidFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** What is wrong with the path: a sentence that says what to do; null if it can be used. */
    public static @Nullable String objection(Path file) {
        String objection = Place.objectionToReplaced(file);
        if (objection == null && content(file) == null) {
            objection = "is the path of a file that contains something else than a process ID, and is not overwritten; name"
                    + " another path, or delete the file if nothing needs it";
        }
        return objection == null ? null : KEY + " (" + file + ") " + objection;
    }

    /** Digits; empty if there is no file or nothing in it, null if there is something else. */
    private static @Nullable String content(Path file) {
        try {
            if (!Files.exists(file)) {
                return "";
            }
            if (Files.size(file) > MOST) {
                return null;
            }
            String content = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            for (int i = 0; i < content.length(); i++) {
                if (content.charAt(i) < '0' || content.charAt(i) > '9') {
                    return null;
                }
            }
            return content;
        } catch (IOException unreadable) {
            // It may still be replaced.
            return "";
        }
    }

    @Override
    public void begin(DaemonInternals daemon) {
        // It is written when the daemon is RUNNING.
    }

    @Override
    public synchronized void started() {
        if (ended) {
            return;
        }
        String old = content(file);
        try {
            if (old == null) {
                throw new IOException("it contains something else than a process ID");
            }
            replace();
            written = identity();
            LOG.debugf("Wrote the process ID %s to %s", pid, file);
            if (!old.equals(pid) && isAlive(old)) {
                LOG.infof("The PID file %s named the process %s, which is alive, and names this one now: only %s keeps a second"
                        + " daemon away", file, old, InstanceLock.KEY);
            }
        } catch (IOException failure) {
            LOG.errorf("The process ID cannot be written to %s (%s); the daemon goes on without it", file,
                    Place.reason(failure));
        }
    }

    private static boolean isAlive(String pid) {
        try {
            return !pid.isEmpty() && ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent();
        } catch (NumberFormatException tooLong) {
            return false;
        }
    }

    /** By a rename, so that nobody reads half of it. */
    private void replace() throws IOException {
        Path next = Place.directory(file).resolve("." + file.getFileName() + "." + pid);
        Files.deleteIfExists(next);
        try {
            try (FileChannel out = FileChannel.open(next, Set.of(CREATE_NEW, WRITE), Place.readableByAll())) {
                out.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)));
            }
            if (Place.hasModes()) {
                // Whatever the umask.
                Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private Object identity() throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file : key;
    }

    /** Deletes it, if it is still that of this process. */
    @Override
    public synchronized void end() {
        ended = true;
        if (written == null || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            // In another container that has this directory too, the same ID may be that of another process.
            if (pid.equals(content(file)) && written.equals(identity())) {
                Files.delete(file);
            } else {
                LOG.infof("The PID file %s has been written by another process and stays", file);
            }
        } catch (IOException failure) {
            LOG.warnf("The PID file %s cannot be deleted: %s", file, Place.reason(failure));
        }
    }
}
