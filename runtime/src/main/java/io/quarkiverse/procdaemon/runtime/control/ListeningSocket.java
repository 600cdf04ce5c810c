package io.quarkiverse.procdaemon.runtime.control;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

/**
 * The socket that clients connect to. While there are none it looks after its file, and opens itself again if somebody has
 * deleted that. For the thread that accepts, except for {@link #end}.
 */
final class ListeningSocket implements Closeable {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");
    private static final long INTERVAL = TimeUnit.SECONDS.toMillis(5);

    private final Selector selector;
    private final Opening opening;
    private final long interval;
    private SocketFile file;
    private boolean unreachable;
    /** Guarded by this, and so are changes of the file. */
    private boolean ended;

    /** Opens the file. */
    interface Opening {
        SocketFile open() throws IOException;
    }

    ListeningSocket(Opening opening) throws IOException {
        this(opening, INTERVAL);
    }

    /** @param interval how long nobody has to come before it looks at its file, in milliseconds */
    ListeningSocket(Opening opening, long interval) throws IOException {
        this.opening = opening;
        this.interval = interval;
        this.file = opening.open();
        this.selector = Selector.open();
        register();
    }

    private void register() throws IOException {
        file.channel().configureBlocking(false);
        file.channel().register(selector, SelectionKey.OP_ACCEPT);
    }

    SocketFile file() {
        return file;
    }

    /**
     * Waits for the next client.
     *
     * @throws java.nio.channels.ClosedChannelException after the end
     */
    SocketChannel accept() throws IOException {
        while (true) {
            SocketChannel client = file.channel().accept();
            if (client != null) {
                return client;
            }
            selector.selectedKeys().clear();
            if (selector.select(interval) == 0) {
                look();
            }
        }
    }

    private void look() {
        try {
            if (!file.isThere() && openAgain()) {
                LOG.logf(unreachable ? Logger.Level.INFO : Logger.Level.WARN,
                        "The file of the control socket was deleted or replaced; the daemon has created it again: %s",
                        file.path());
                unreachable = false;
            }
        } catch (IOException | RuntimeException failure) {
            if (!unreachable) {
                LOG.warnf("The control socket cannot be reached, because its file %s was deleted or replaced and cannot be"
                        + " created again (%s); correct that, the daemon tries again every 5s", file.path(), why(failure));
            }
            unreachable = true;
        }
    }

    private String why(Exception failure) {
        Path directory = file.path().getParent();
        return Files.isDirectory(directory) ? "it " + failure.getMessage() : "there is no directory " + directory;
    }

    /** Whether it is open again; not if the end has come. */
    private boolean openAgain() throws IOException {
        if (hasEnded()) {
            return false;
        }
        // Not under the lock, since it may take long.
        SocketFile fresh = opening.open();
        synchronized (this) {
            SocketFile old = ended ? fresh : file;
            if (!ended) {
                file = fresh;
                register();
            }
            old.close();
            return !ended;
        }
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    /** Removes the file and accepts nobody any more. Any thread may call this. */
    synchronized void end() throws IOException {
        ended = true;
        try {
            file.close();
        } finally {
            selector.wakeup();
        }
    }

    /** After the end: frees what the system keeps for it. */
    @Override
    public void close() throws IOException {
        selector.close();
    }
}
