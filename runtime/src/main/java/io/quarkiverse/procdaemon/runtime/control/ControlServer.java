package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

/**
 * Accepts connections and gives each a thread, as long as there are {@link Places}. The others are refused in words or, if too
 * many come at once, without.
 */
final class ControlServer {

    private static final Logger LOG = Logger.getLogger(ControlServer.class);
    private static final long PAUSE_MILLIS = 100;
    private static final long LAST_WORDS_MILLIS = 500;

    private final ListeningSocket socket;
    private final Peers peers;
    private final Routes routes;
    private final AnswerWriter writer;
    private final Places places = new Places();
    /** Confined to the thread that accepts. */
    private final RefusalLog refusals = new RefusalLog(System::nanoTime);
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);
    /** As many as have places, and those that have just given theirs back. */
    private final ThreadPoolExecutor threads;

    ControlServer(ListeningSocket socket, Peers peers, Routes routes, AnswerWriter writer, ThreadFactory factory) {
        this.socket = socket;
        this.peers = peers;
        this.routes = routes;
        this.writer = writer;
        this.threads = new ThreadPoolExecutor(0, 2 * (Places.ALL + Places.REFUSALS), 5, TimeUnit.SECONDS,
                new SynchronousQueue<>(), factory);
    }

    /** Accepts connections until the {@link #end}. */
    void accept() {
        try (socket) {
            acceptAll();
        } catch (IOException failure) {
            LOG.debug("The control socket cannot be closed", failure);
        }
    }

    private void acceptAll() {
        while (ended.getCount() > 0) {
            try {
                receive(socket.accept());
            } catch (ClosedChannelException over) {
                return;
            } catch (IOException | RuntimeException | OutOfMemoryError failure) {
                LOG.warn("The control socket cannot accept a connection; it tries again", failure);
                pause();
            }
        }
    }

    private void pause() {
        try {
            ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobody) {
            LOG.debug("Interrupted", nobody);
        }
    }

    private void receive(SocketChannel client) throws IOException {
        boolean isServed = false;
        try {
            isServed = serve(client);
        } finally {
            if (!isServed) {
                client.close();
            }
        }
    }

    /** Whether a thread has taken the connection over. */
    private boolean serve(SocketChannel client) throws IOException {
        Peers.Peer peer;
        try {
            peer = peers.admit(client);
        } catch (Problem notAllowed) {
            refusals.refused(notAllowed).ifPresent(LOG::warn);
            return refuse(client, notAllowed);
        }
        boolean isOther = peer.isOther();
        if (places.take(isOther)) {
            execute(() -> converse(client, conversation -> conversation.hold(peer)), () -> places.giveBack(isOther));
            return true;
        }
        return refuse(client,
                Problem.of(503, "All " + (isOther ? Places.FOR_OTHERS : Places.ALL) + " connections to the control"
                        + " socket are in use; close one and try again"));
    }

    private boolean refuse(SocketChannel client, Problem why) {
        if (!places.takeForRefusal()) {
            return false;
        }
        execute(() -> converse(client, conversation -> conversation.refuse(why)), places::giveBackRefusal);
        return true;
    }

    private void execute(Runnable task, Runnable after) {
        boolean begun = false;
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    after.run();
                }
            });
            begun = true;
        } finally {
            if (!begun) {
                after.run();
            }
        }
    }

    private interface Talk {
        void with(Conversation conversation) throws IOException;
    }

    private void converse(SocketChannel client, Talk talk) {
        try (client; Wire wire = new Wire(client)) {
            wires.add(wire);
            try {
                if (ended.getCount() == 0) {
                    // It may have been too late for the end to notice it.
                    wire.end();
                }
                talk.with(new Conversation(wire, routes, writer));
            } finally {
                wires.remove(wire);
            }
        } catch (IOException gone) {
            LOG.debug("A client of the control socket has gone", gone);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            LOG.error("A connection to the control socket failed and is closed", failure);
        }
    }

    /** Closes the socket, removes its file, and lets the connections say their last words. */
    void end() {
        ended.countDown();
        try {
            socket.end();
        } catch (IOException failure) {
            LOG.warn("The control socket cannot be removed; the next start replaces it", failure);
        }
        for (Wire wire : wires) {
            wire.end();
        }
        threads.shutdown();
        try {
            threads.awaitTermination(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
