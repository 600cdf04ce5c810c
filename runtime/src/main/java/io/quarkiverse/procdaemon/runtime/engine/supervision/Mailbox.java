package io.quarkiverse.procdaemon.runtime.engine.supervision;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;

/**
 * Runs messages one at a time, in the order of their arrival, on the threads that post them: whoever finds it idle handles
 * messages until there is none left. So there is one writer but no writer's thread, and posting never waits.
 * <p>
 * What has arrived while a message is handled is a stack, as by Treiber, and taken whole; one atomic variable says all.
 * <p>
 * Memory model: everything a message wrote is visible to the next one. Within one drain that is program order; between two,
 * the exchange that left the mailbox idle happens-before the one that took it next, which reads from it. A letter is read by
 * who takes the stack, whose exchange reads from that of who put the letter there.
 */
final class Mailbox {

    private static final Logger LOG = Logger.getLogger(Mailbox.class);
    private static final long IDLE = Long.MIN_VALUE;

    /** Nobody handles messages. */
    private static final Letter NOBODY = new Envelope(null);
    /** Somebody does, and no other has arrived. */
    private static final Letter NOTHING = new Envelope(null);

    private final AtomicReference<Letter> latest = new AtomicReference<>(NOBODY);
    private final Ticker ticker;
    private final Runnable outOfMemory;
    /** Opaque: it has to be seen soon, not to order anything. */
    private final AtomicLong began = new AtomicLong(IDLE);
    private final Runnable after;

    /** A message that needs no envelope while it waits. To be posted once. */
    abstract static class Letter implements Runnable {

        /** The one that arrived before, then the one to be handled after. */
        private Letter next;
    }

    private static final class Envelope extends Letter {

        private final Runnable message;

        private Envelope(Runnable message) {
            this.message = message;
        }

        @Override
        public void run() {
            message.run();
        }
    }

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
        if (take() || !leave(message instanceof Letter letter ? letter : new Envelope(message))) {
            handle(message);
            drain();
        }
    }

    private boolean take() {
        return latest.get() == NOBODY && latest.compareAndSet(NOBODY, NOTHING);
    }

    /** Leaves it to whoever handles messages; false if nobody does, and it was taken instead. */
    private boolean leave(Letter letter) {
        while (!take()) {
            Letter before = latest.get();
            letter.next = before;
            if (before != NOBODY && latest.compareAndSet(before, letter)) {
                return true;
            }
        }
        return false;
    }

    private void drain() {
        while (latest.get() != NOTHING || !latest.compareAndSet(NOTHING, NOBODY)) {
            for (Letter letter = inOrder(latest.getAndSet(NOTHING)); letter != null; letter = letter.next) {
                handle(letter);
            }
        }
    }

    private static Letter inOrder(Letter latest) {
        Letter first = null;
        for (Letter letter = latest; letter != NOTHING;) {
            Letter before = letter.next;
            letter.next = first;
            first = letter;
            letter = before;
        }
        return first;
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
