package io.quarkiverse.procdaemon.runtime.engine.supervision;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;

/**
 * Runs messages one at a time, in the order of their arrival, on the threads that post them: whoever raises {@code pending}
 * from zero handles messages until it has brought it back to zero. So there is one writer but no writer's thread, and posting
 * never waits.
 * <p>
 * Memory model: everything a message wrote is visible to the next one. Within one drain that is program order; between two,
 * the last decrement of {@code pending} by the one happens-before the first increment by the other, which reads from it.
 */
final class Mailbox {

    private static final Logger LOG = Logger.getLogger(Mailbox.class);
    private static final long IDLE = Long.MIN_VALUE;

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final Ticker ticker;
    private final Runnable outOfMemory;
    /** Opaque: it has to be seen soon, not to order anything. */
    private final AtomicLong began = new AtomicLong(IDLE);
    private final Runnable after;

    /**
     * @param after run after each message, as a part of it
     * @param outOfMemory called when a message could not be handled for want of memory; may post
     */
    Mailbox(Ticker ticker, Runnable after, Runnable outOfMemory) {
        this.ticker = ticker;
        this.after = after;
        this.outOfMemory = outOfMemory;
    }

    /** Any thread may call this, messages too; a message must not block. */
    void post(Runnable message) {
        if (pending.compareAndSet(0, 1)) {
            handle(message);
        } else {
            queue.add(message);
            if (pending.getAndIncrement() != 0) {
                return;
            }
            handle(queue.remove());
        }
        while (pending.decrementAndGet() > 0) {
            handle(queue.remove());
        }
    }

    /** How long the message being handled has taken so far, zero if there is none; any thread may call this. */
    Duration busy() {
        long since = began.getOpaque();
        return since == IDLE ? Duration.ZERO : Duration.ofNanos(ticker.nanos() - since);
    }

    private void handle(Runnable message) {
        began.setOpaque(ticker.nanos());
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
