package io.quarkiverse.procdaemon.runtime.engine.supervision;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.runtime.engine.time.Now;
import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;

/**
 * Runs messages one at a time, in the order of their arrival, on the threads that post them: whoever finds it idle handles
 * messages until there is none left. So there is one writer but no writer's thread, and posting never waits.
 * <p>
 * A queue in chunks: a poster takes the next place, then exchanges what is in it for its message. Whoever handles messages does
 * not wait for one that is not there yet: it writes {@link Chunk#LEFT} in the place and goes, and the poster that gets that in
 * exchange goes on. So one atomic variable for each message says all. The messages stand side by side, so that to read one does
 * not wait for the one before to have come from the memory of another core.
 * <p>
 * Memory model: everything a message wrote is visible to the next one. Within one drain that is program order; between two,
 * writing {@code LEFT} happens-before the exchange that replaces it. A message is read from the place it was written to, so all
 * that its poster wrote before is visible to it.
 * <p>
 * A poster may be at the end of its stack: what there was room to take a place with is enough to fill it.
 */
final class Mailbox implements Executor {

    private static final Logger LOG = Logger.getLogger(Mailbox.class);
    private static final long IDLE = Long.MIN_VALUE;
    private static final AtomicReferenceFieldUpdater<Mailbox, Chunk> TAIL = AtomicReferenceFieldUpdater
            .newUpdater(Mailbox.class, Chunk.class, "tail");

    /** Where places are taken. Moves on before a chunk is passed. */
    private volatile Chunk tail = new Chunk();
    private final Ticker ticker;
    private final Now now;
    private final Runnable outOfMemory;
    private final Runnable after;
    /** Opaque: it has to be seen soon, not to order anything. */
    private final AtomicLong began = new AtomicLong(IDLE);

    /**
     * @param after run after each message, as a part of it
     * @param outOfMemory called when a message could not be taken or handled for want of memory; may post
     */
    Mailbox(Ticker ticker, Runnable after, Runnable outOfMemory) {
        this.ticker = ticker;
        this.now = new Now(ticker);
        this.tail.lazySet(0, Chunk.LEFT);
        this.after = after;
        this.outOfMemory = outOfMemory;
    }

    /** The moment of the message being handled. */
    Now now() {
        return now;
    }

    /** Handles a message when those before it are done. Any thread may call this, messages too; a message must not block. */
    @Override
    public void execute(Runnable message) {
        try {
            Chunk chunk = tail;
            int place = chunk.free();
            if (place < Chunk.SIZE && chunk.get(place) == Chunk.LEFT && chunk.compareAndSet(place, Chunk.LEFT, null)) {
                handle(message);
                handleFrom(chunk, place);
            } else {
                leave(message);
            }
        } catch (OutOfMemoryError full) {
            outOfMemory.run();
        }
    }

    private void leave(Runnable message) {
        Chunk chunk = tail;
        int place;
        while ((place = chunk.take()) >= Chunk.SIZE) {
            TAIL.compareAndSet(this, chunk, chunk.next());
            chunk = tail;
        }
        if (chunk.getAndSet(place, message) == Chunk.LEFT) {
            handleFrom(chunk, place);
        }
    }

    private void handleFrom(Chunk first, int place) {
        Chunk chunk = first;
        int at = place;
        while (true) {
            if (at == Chunk.SIZE) {
                if (chunk.leaveAtEnd()) {
                    return;
                }
                chunk = pass(chunk);
                at = 0;
            }
            if (chunk.get(at) == null && chunk.compareAndSet(at, null, Chunk.LEFT)) {
                return;
            }
            Runnable message = chunk.get(at);
            chunk.lazySet(at, null);
            handle(message);
            at++;
        }
    }

    private Chunk pass(Chunk chunk) {
        Chunk next = chunk.next();
        TAIL.compareAndSet(this, chunk, next);
        chunk.pass();
        return next;
    }

    /** How long the message being handled has taken so far, zero if there is none; any thread may call this. */
    Duration busy() {
        long since = began.getOpaque();
        return since == IDLE ? Duration.ZERO : Duration.ofNanos(ticker.nanos() - since);
    }

    private void handle(Runnable message) {
        began.setOpaque(now.read());
        try {
            runLogged(message);
        } catch (OutOfMemoryError full) {
            outOfMemory.run();
        } finally {
            began.setOpaque(IDLE);
        }
    }

    private void runLogged(Runnable message) {
        try {
            message.run();
            after.run();
        } catch (OutOfMemoryError full) {
            throw full;
        } catch (Throwable failure) {
            LOG.error("The supervisor failed on a message; it goes on with the next", failure);
        }
    }
}
