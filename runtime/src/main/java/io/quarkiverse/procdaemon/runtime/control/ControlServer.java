package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jboss.logging.Logger;

/**
 * Accepts connections and gives each a thread, up to a limit. A few more get an answer that says so; the next ones wait until
 * they are accepted.
 */
final class ControlServer {

    static final int CONNECTIONS = 16;

    private static final Logger LOG = Logger.getLogger(ControlServer.class);
    private static final int REFUSALS = 4;
    private static final int ALL = CONNECTIONS + REFUSALS;
    private static final long PAUSE_MILLIS = 100;
    private static final long LAST_WORDS_MILLIS = 500;

    private final SocketFile file;
    private final Peers peers;
    private final Routes routes;
    private final AnswerWriter writer;
    private final Semaphore places = new Semaphore(ALL);
    private final AtomicInteger served = new AtomicInteger();
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, ALL, 5, TimeUnit.SECONDS, new SynchronousQueue<>(),
            ControlServer::thread);

    ControlServer(SocketFile file, Peers peers, Routes routes, AnswerWriter writer) {
        this.file = file;
        this.peers = peers;
        this.routes = routes;
        this.writer = writer;
    }

    static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "proc-daemon-control", 0, false);
        thread.setDaemon(true);
        return thread;
    }

    /** Accepts connections until the {@link #end}. */
    void accept() {
        while (ended.getCount() > 0) {
            try {
                places.acquireUninterruptibly();
                serve(file.channel().accept());
            } catch (ClosedChannelException over) {
                return;
            } catch (IOException | RuntimeException | OutOfMemoryError failure) {
                places.release();
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

    private void serve(SocketChannel client) throws IOException {
        try {
            threads.execute(() -> {
                try {
                    converse(client);
                } finally {
                    places.release();
                }
            });
        } catch (RuntimeException | OutOfMemoryError noThread) {
            client.close();
            throw noThread;
        }
    }

    private void converse(SocketChannel client) {
        boolean full = served.incrementAndGet() > CONNECTIONS;
        try (client; Wire wire = new Wire(client)) {
            wires.add(wire);
            try {
                converse(wire, client, full);
            } finally {
                wires.remove(wire);
            }
        } catch (IOException gone) {
            LOG.debug("A client of the control socket has gone", gone);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            LOG.error("A connection to the control socket failed and is closed", failure);
        } finally {
            served.decrementAndGet();
        }
    }

    private void converse(Wire wire, SocketChannel client, boolean full) throws IOException {
        Conversation conversation = new Conversation(wire, routes, writer);
        if (ended.getCount() == 0) {
            // It may have been too late for the end to notice it.
            wire.end();
        }
        String user;
        try {
            user = peers.admit(client);
        } catch (Problem notAllowed) {
            LOG.warnf("The control socket refuses a connection: %s", notAllowed.getMessage());
            conversation.refuse(notAllowed);
            return;
        }
        if (full) {
            conversation.refuse(Problem.of(503,
                    "All " + CONNECTIONS + " connections to the control socket are in use; close one and try again"));
        } else {
            conversation.hold(user);
        }
    }

    /** Closes the socket, removes its file, and lets the connections say their last words. */
    void end() {
        ended.countDown();
        try {
            file.close();
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
