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
 * A queue that is linked in two steps, as by Vyukov: a poster takes its place at the end, then links itself to the one before.
 * Whoever handles messages does not wait for a link that is not there yet: it writes {@link #LEFT} in its place and goes, and
 * the poster that finds that there goes on. So one atomic variable between each two messages says all.
 * <p>
 * Memory model: everything a message wrote is visible to the next one. Within one drain that is program order; between two,
 * writing {@code LEFT} happens-before the exchange that replaces it. A letter is read by who has read the link to it, which
 * was written after it.
 * <p>
 * A poster may be at the end of its stack. Both steps are made the same way, so that if there was room for the first, there is
 * for the second.
 */
final class Mailbox implements Executor {

    private static final Logger LOG = Logger.getLogger(Mailbox.class);
    private static final long IDLE = Long.MIN_VALUE;
    private static final AtomicReferenceFieldUpdater<Mailbox, Letter> LAST = AtomicReferenceFieldUpdater
            .newUpdater(Mailbox.class, Letter.class, "last");
    private static final AtomicReferenceFieldUpdater<Letter, Letter> NEXT = AtomicReferenceFieldUpdater
            .newUpdater(Letter.class, Letter.class, "next");

    /** Follows the last message while nobody handles any. */
    private static final Letter LEFT = new Envelope(null);

    /** Never null; to begin with, one that has been handled. */
    private volatile Letter last = new Envelope(null);
    private final Ticker ticker;
    private final Now now;
    private final Runnable outOfMemory;
    private final Runnable after;
    /** Opaque: it has to be seen soon, not to order anything. */
    private final AtomicLong began = new AtomicLong(IDLE);

    /** A message that needs no envelope while it waits. To be posted once. */
    abstract static class Letter implements Runnable {

        /** The one that arrived after it; null while there is none. */
        private volatile Letter next;
    }

    private static final class Envelope extends Letter {

        /** Null when it has been handled: the last one stays in the queue until another comes. */
        private Runnable message;

        private Envelope(Runnable message) {
            this.message = message;
        }

        @Override
        public void run() {
            Runnable content = message;
            message = null;
            content.run();
        }
    }

    /**
     * @param after run after each message, as a part of it
     * @param outOfMemory called when a message could not be taken or handled for want of memory; may post
     */
    Mailbox(Ticker ticker, Runnable after, Runnable outOfMemory) {
        this.ticker = ticker;
        this.now = new Now(ticker);
        this.last.next = LEFT;
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
            Letter before = last;
            if (before.next == LEFT && NEXT.compareAndSet(before, LEFT, null)) {
                handle(message);
                handleWhatComesAfter(before);
            } else {
                leave(message instanceof Letter letter ? letter : new Envelope(message));
            }
        } catch (OutOfMemoryError full) {
            outOfMemory.run();
        }
    }

    private void leave(Letter letter) {
        Letter before = LAST.getAndSet(this, letter);
        if (NEXT.getAndSet(before, letter) == LEFT) {
            handleWhatComesAfter(before);
        }
    }

    private void handleWhatComesAfter(Letter handled) {
        Letter before = handled;
        while (before.next != null || !NEXT.compareAndSet(before, null, LEFT)) {
            Letter letter = before.next;
            // One that has grown old must not keep all that came after it in memory.
            NEXT.lazySet(before, null);
            handle(letter);
            before = letter;
        }
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
