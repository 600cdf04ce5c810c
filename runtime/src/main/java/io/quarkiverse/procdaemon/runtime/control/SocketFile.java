package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * A socket as a file. It appears at its path complete, with its mode, by a rename; replaces one that nobody serves, and never
 * one that a process does; and removes itself only.
 */
final class SocketFile {

    private static final int BACKLOG = 64;
    /** Of the mode of a file, the bits that say what it is, and their value for a socket. */
    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;
    private static final Set<OpenOption> CREATED = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    private static final FileAttribute<?> PRIVATE_DIRECTORY = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> PRIVATE_FILE = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private final ServerSocketChannel channel;
    private final UserPrincipal owner;
    private final Object key;

    private SocketFile(Path path, ServerSocketChannel channel, UserPrincipal owner, Object key) {
        this.path = path;
        this.channel = channel;
        this.owner = owner;
        this.key = key;
    }

    /**
     * Opens it.
     *
     * @param mode as in {@code rw-------}
     * @throws IOException if that is not possible; the message is the end of a sentence that begins with the path
     */
    static SocketFile open(Path path, String mode) throws IOException {
        // Of two processes that begin at the same time each would find that nobody serves it.
        try (FileChannel lock = FileChannel.open(beside(path, ".lock"), CREATED, PRIVATE_FILE)) {
            lock.lock();
            check(path);
            return bind(path, mode);
        } catch (OverlappingFileLockException busy) {
            throw new IOException("is being opened by this process already", busy);
        }
    }

    private static Path beside(Path path, String end) {
        return path.resolveSibling(path.getFileName() + end);
    }

    /**
     * Whether a socket may be opened there.
     *
     * @throws IOException as {@link #open} does, if not
     */
    static void check(Path path) throws IOException {
        if (attributes(path) == null) {
            return;
        }
        int type = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & TYPE;
        if (type != SOCKET) {
            throw new IOException("exists and is no socket; remove it or choose another path");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // It would wait for a process that accepts nothing any more.
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException stale) {
            return;
        } catch (IOException unknown) {
            throw new IOException("exists, and whether a process serves it cannot be found out (" + unknown.getMessage()
                    + "); remove it if none does", unknown);
        }
        throw new IOException("is served by another process; stop that one, or give each its own path");
    }

    private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /** Whatever the umask, nobody can enter before the mode is right. */
    private static SocketFile bind(Path path, String mode) throws IOException {
        Path directory = freshDirectory(path);
        Path fresh = directory.resolve("s");
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(fresh), BACKLOG);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(mode));
            Object key = Files.readAttributes(fresh, BasicFileAttributes.class).fileKey();
            UserPrincipal owner = Files.getOwner(fresh);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            return new SocketFile(path, channel, owner, key);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        } finally {
            Files.deleteIfExists(fresh);
            Files.delete(directory);
        }
    }

    private static Path freshDirectory(Path path) throws IOException {
        while (true) {
            try {
                return Files.createDirectory(path.resolveSibling(freshName()), PRIVATE_DIRECTORY);
            } catch (FileAlreadyExistsException again) {
                // Another name.
            }
        }
    }

    /** Short, since the path of a socket must be. */
    private static String freshName() {
        return ".s" + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
    }

    /** How much longer than its directory the path is while the socket is opened. */
    static int freshLength() {
        return "/.s0000/s".length();
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** The user that this process acts as. */
    UserPrincipal owner() {
        return owner;
    }

    Path path() {
        return path;
    }

    /** Whether its file is at its path, rather than none or another one. */
    boolean isThere() throws IOException {
        BasicFileAttributes there = attributes(path);
        return there != null && key.equals(there.fileKey());
    }

    /** Closes and removes it, unless another has taken its place. */
    void close() throws IOException {
        channel.close();
        if (isThere()) {
            Files.delete(path);
        }
    }
}
