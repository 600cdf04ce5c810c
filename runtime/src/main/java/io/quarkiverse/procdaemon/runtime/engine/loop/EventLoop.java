package io.quarkiverse.procdaemon.runtime.engine.loop;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Now;

/**
 * Handles messages one at a time, in the order of their arrival, on a platform thread of its own, which begins with the first
 * message. Posting never waits and never handles anything: no deep stack, interrupt, priority, context or lock of a caller
 * reaches a message. There is no lock in the queue that a stack overflow could leave held.
 */
public final class EventLoop implements Executor {

    private static final Logger LOG = Logger.getLogger(EventLoop.class);
    private static final long IDLE = Long.MIN_VALUE;
    /** A caller at the end of its stack may have queued its message without being able to wake the thread. */
    private static final long LONGEST_SLEEP = TimeUnit.SECONDS.toNanos(1);

    private final Queue<Runnable> messages = new ConcurrentLinkedQueue<>();
    private final Threads threads;
    private final Clock ticker;
    private final Now now;
    private final Runnable after;
    private final Runnable outOfMemory;
    private boolean begun;
    /** Null before the first message, and once it has ended. */
    private volatile Thread thread;
    private volatile boolean asleep;
    private volatile boolean closed;
    private volatile long began = IDLE;

    /**
     * @param after run after each message, as a part of it
     * @param outOfMemory called when a message could not be taken or handled for want of memory; may post
     */
    public EventLoop(Threads threads, Clock ticker, Runnable after, Runnable outOfMemory) {
        this.threads = threads;
        this.ticker = ticker;
        this.now = new Now(ticker);
        this.after = after;
        this.outOfMemory = outOfMemory;
    }

    /** The moment of the message being handled. */
    public Now now() {
        return now;
    }

    /** Handles a message when those before it are done. Any thread may call this; a message must not block. */
    @Override
    public void execute(Runnable message) {
        try {
            messages.add(message);
            wake();
        } catch (OutOfMemoryError full) {
            outOfMemory.run();
        }
    }

    /** How long the message being handled has taken so far, zero if there is none. Any thread may call this. */
    public Duration busy() {
        long since = began;
        return since == IDLE ? Duration.ZERO : Duration.ofNanos(ticker.nanos() - since);
    }

    /** The thread ends when there is nothing more to do, and comes back for as long as there is. Any thread may call this. */
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void wake() {
        Thread handling = thread;
        if (handling == null) {
            begin();
        } else if (asleep) {
            LockSupport.unpark(handling);
        }
    }

    private synchronized void begin() {
        if (!begun) {
            begun = true;
            try {
                threads.start(ThreadKind.PLATFORM, "proc-daemon-loop", this::run);
            } catch (Throwable noThread) {
                begun = false;
                throw noThread;
            }
        }
    }

    private void run() {
        thread = Thread.currentThread();
        do {
            for (Runnable message; (message = messages.poll()) != null;) {
                try {
                    handle(message);
                } catch (Throwable again) {
                    // What was to be done about a failure failed, too; the next message is as good as ever.
                }
            }
            sleep();
        } while (!hasEnded());
    }

    /** Whoever posts looks at {@code asleep} after it has queued its message, this the other way round. */
    private void sleep() {
        asleep = true;
        if (messages.isEmpty() && !closed) {
            LockSupport.parkNanos(this, LONGEST_SLEEP);
            // A stray interrupt must not keep it awake.
            Thread.interrupted();
        }
        asleep = false;
    }

    /** Likewise with {@code thread}: whoever finds none begins another. */
    private synchronized boolean hasEnded() {
        if (!closed || !messages.isEmpty()) {
            return false;
        }
        thread = null;
        if (messages.isEmpty()) {
            begun = false;
            return true;
        }
        thread = Thread.currentThread();
        return false;
    }

    private void handle(Runnable message) {
        began = now.read();
        try {
            message.run();
            after.run();
        } catch (OutOfMemoryError full) {
            outOfMemory.run();
        } catch (Throwable failure) {
            LOG.error("The supervisor failed on a message; it goes on with the next", failure);
        } finally {
            began = IDLE;
        }
    }
}
