package io.quarkiverse.procdaemon.collector;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;

/** Serves all connections on one thread, see the description of the package. */
final class LineServer implements Closeable {

    private static final Logger LOG = Logger.getLogger(LineServer.class);

    private static final int READ_SIZE = 64 * 1024;
    /** What the system may hold of a connection, and so what a shutdown may have to finish. */
    private static final int RECEIVE_BUFFER = 256 * 1024;
    /** How often it loops when nothing happens: to send a heartbeat, and to accept again after a failure. */
    private static final long ROUND_MILLIS = 1000;
    /** Clients that send nothing for so long after the half-close are done. */
    private static final long QUIET_MILLIS = 100;
    private static final Duration LINGER = Duration.ofMillis(500);

    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final SelectionKey acceptKey;
    private final CommitRound round;
    private final Supplier<LimitsConfig> limits;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_SIZE);
    private boolean acceptFails;
    private volatile boolean stopping;

    private LineServer(Supplier<LimitsConfig> limits, LineStore store) throws IOException {
        this.round = new CommitRound(store);
        this.limits = limits;
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        server.configureBlocking(false);
        acceptKey = server.register(selector, OP_ACCEPT);
    }

    /**
     * Listens from now on; connections wait until {@link #serve} is called.
     *
     * @param limits read repeatedly
     */
    static LineServer bind(CollectorConfig config, Supplier<LimitsConfig> limits, LineStore store) throws IOException {
        require("collector.port", config.port(), 0, 65_535);
        check(limits.get());
        LineServer server = new LineServer(limits, store);
        try {
            server.server.bind(new InetSocketAddress(config.host(), config.port()));
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw new IOException("Cannot listen on " + config.host() + ":" + config.port() + " (" + e
                    + "): end what listens there, or set collector.port or collector.host", e);
        }
    }

    /** Throws if they cannot be served. */
    static void check(LimitsConfig limits) {
        require("collector.max-line-bytes", limits.maxLineBytes(), 1, JournalExtent.LONGEST_LINE);
        require("collector.max-connections", limits.maxConnections(), 1, 65_536);
    }

    private static void require(String property, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    property + " is " + value + ": set it from " + least + " to " + most);
        }
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) server.getLocalAddress();
    }

    boolean isAccepting() {
        return server.isOpen();
    }

    /**
     * Serves until {@link #stop()} or an interrupt, then finishes what was received and closes all connections.
     *
     * @param heartbeat called at least once a second while the disk keeps up
     */
    void serve(Runnable heartbeat) throws IOException {
        while (!stopping && !Thread.currentThread().isInterrupted()) {
            heartbeat.run();
            selector.select(this::ready, ROUND_MILLIS);
            round.commit();
            if (acceptFails) {
                accept();
            }
            acceptKey.interestOps(acceptFails || connections().size() >= limits.get().maxConnections() ? 0 : OP_ACCEPT);
        }
        while (accept()) {
            LOG.debug("Accepted from the backlog");
        }
        server.close();
        finishInput();
        finishOutput();
        close();
    }

    /** Makes {@link #serve} come to its end. */
    void stop() {
        stopping = true;
        selector.wakeup();
    }

    private void finishInput() throws IOException {
        connections().forEach(Connection::limitInput);
        while (selector.selectNow(this::ready) > 0) {
            round.commit();
        }
    }

    private void finishOutput() throws IOException {
        connections().forEach(Connection::finish);
        long deadline = System.nanoTime() + LINGER.toNanos();
        while (!connections().isEmpty() && System.nanoTime() < deadline && selector.select(this::ready, QUIET_MILLIS) > 0) {
            round.commit();
        }
    }

    private void ready(SelectionKey key) {
        if (key == acceptKey) {
            accept();
        } else if (key.isValid()) {
            ((Connection) key.attachment()).ready(buffer);
            if (round.isFull()) {
                round.commit();
            }
        }
    }

    private boolean accept() {
        try {
            SocketChannel channel = server.accept();
            acceptFails = false;
            if (channel == null) {
                return false;
            }
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = channel.register(selector, OP_READ);
            LOG.debugf("Serving %s", channel);
            key.attach(new Connection(channel, key, () -> limits.get().maxLineBytes(), round));
            return true;
        } catch (IOException e) {
            if (!acceptFails) {
                LOG.warnf("Cannot accept a connection (%s), trying again", e.getMessage());
            }
            acceptFails = true;
            return false;
        }
    }

    private List<Connection> connections() {
        return selector.keys().stream().filter(key -> key.isValid() && key != acceptKey)
                .map(key -> (Connection) key.attachment()).collect(Collectors.toList());
    }

    @Override
    public void close() throws IOException {
        if (selector.isOpen()) {
            connections().forEach(Connection::close);
        }
        server.close();
        selector.close();
    }
}
