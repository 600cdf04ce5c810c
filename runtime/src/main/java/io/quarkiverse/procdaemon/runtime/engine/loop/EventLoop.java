package io.quarkiverse.procdaemon.runtime.engine.loop;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * Handles messages one at a time, in the order of their arrival, on a platform thread of its own, which begins with the first
 * message and whose wait ends at the next message or the next timer. Posting never waits and never handles anything: no deep
 * stack, interrupt, priority, context or lock of a caller reaches a message. There is no lock in the queue that a stack
 * overflow could leave held.
 *
 * @param <M> what is handled
 */
public final class EventLoop<M> {

    private static final Logger LOG = Logger.getLogger(EventLoop.class);
    private static final long IDLE = Long.MIN_VALUE;
    /** A caller at the end of its stack may have queued its message without being able to wake the thread. */
    private static final long LONGEST_SLEEP = TimeUnit.SECONDS.toNanos(1);

    final Queue<Waiting<M>> messages = new ConcurrentLinkedQueue<>();
    /** Confined to the thread. */
    final TimerQueue<M> timers = new TimerQueue<>();
    private final Threads threads;
    private final Clock clock;
    private final LoopClock now;
    private final Consumer<M> handler;
    private final Runnable outOfMemory;
    private boolean begun;
    /** Null before the first message, and once it has ended. */
    private volatile @Nullable Thread thread;
    private volatile boolean asleep;
    private volatile boolean closed;
    /** Since when the message being handled has waited. */
    private volatile long since = IDLE;
    private volatile long nextDue = Long.MAX_VALUE;
    private volatile int timersArmed;
    private volatile long timersSoFar;

    record Waiting<M>(M message, long since) {
    }

    /**
     * @param handler handles each message; must not block
     * @param outOfMemory called when a message could not be taken or handled for want of memory; may post
     */
    public EventLoop(Threads threads, Clock clock, Consumer<M> handler, Runnable outOfMemory) {
        this.threads = threads;
        this.clock = clock;
        this.now = new LoopClock(clock);
        this.handler = handler;
        this.outOfMemory = outOfMemory;
    }

    /** The moment of the message being handled. */
    public LoopClock now() {
        return now;
    }

    /** Has a message handled after those before it. False if there was no memory for it. Any thread may call this. */
    public boolean post(M message) {
        try {
            messages.add(new Waiting<>(message, clock.nanos()));
            wake();
            return true;
        } catch (OutOfMemoryError full) {
            outOfMemory.run();
            return false;
        }
    }

    /** Has a message handled after that time. Called on the thread of the loop. */
    public TimerQueue.Timeout<M> after(Duration delay, M message) {
        return at(clock.nanos() + Durations.nanos(delay), message);
    }

    /** Has a message handled at that moment of the clock, at once if it has passed. Called on the thread of the loop. */
    public TimerQueue.Timeout<M> at(long nanos, M message) {
        return timers.add(nanos, message);
    }

    /** For how long the oldest message, in hand or in the queue, has waited; zero without any. Any thread may call this. */
    public Duration age() {
        Waiting<M> first = messages.peek();
        long inHand = since;
        long oldest = inHand != IDLE ? inHand : first != null ? first.since() : clock.nanos();
        return Duration.ofNanos(Math.max(0, clock.nanos() - oldest));
    }

    /**
     * When the next timer is due, as of the last message; {@link Long#MAX_VALUE} if none is armed. Any thread may call this.
     */
    public long nextDue() {
        return nextDue;
    }

    /** How many timers are armed, as of the last message. Any thread may call this. */
    public int timers() {
        return timersArmed;
    }

    /** How many timers have been armed so far. Any thread may call this. */
    public long timersSoFar() {
        return timersSoFar;
    }

    /**
     * The thread ends when there is nothing to handle, and comes back for as long as there is. Any thread may call this.
     * Timers that are armed still are only looked at while it is there.
     */
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /** Has the thread look at its timers. Any thread may call this; for those who move the clock. */
    public void wake() {
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
        if (!isTheOnlyOne()) {
            return;
        }
        do {
            while (handleNext()) {
                // One at a time.
            }
            sleep();
        } while (!hasEnded());
    }

    /** A caller at the end of its stack may not have seen that it started the thread. */
    private synchronized boolean isTheOnlyOne() {
        if (thread != null) {
            return false;
        }
        thread = Thread.currentThread();
        return true;
    }

    /** In the order of time: of a message and a timer the one that came or was due first. */
    private boolean handleNext() {
        Waiting<M> next = messages.peek();
        TimerQueue.Timeout<M> timeout = timers.peek();
        if (timeout != null && timeout.due() - (next == null ? clock.nanos() : next.since()) <= 0) {
            handle(timers.remove(), timeout.due());
            return true;
        }
        if (next == null) {
            return false;
        }
        messages.remove();
        handle(next.message(), next.since());
        return true;
    }

    /** A poster looks at {@code asleep} after it has queued its message, this the other way round. */
    private void sleep() {
        asleep = true;
        if (messages.isEmpty() && !closed) {
            LockSupport.parkNanos(this, Math.min(LONGEST_SLEEP, nextDue == Long.MAX_VALUE ? LONGEST_SLEEP
                    : nextDue - clock.nanos()));
            // A stray interrupt must not keep it awake.
            Thread.interrupted();
        }
        asleep = false;
    }

    /** Likewise with {@code thread}: who finds none begins another. */
    private synchronized boolean hasEnded() {
        if (!closed || hasWork()) {
            return false;
        }
        thread = null;
        if (!hasWork()) {
            begun = false;
            return true;
        }
        thread = Thread.currentThread();
        return false;
    }

    private boolean hasWork() {
        return !messages.isEmpty() || nextDue != Long.MAX_VALUE && nextDue - clock.nanos() <= 0;
    }

    private void handle(M message, long waitingSince) {
        since = waitingSince;
        now.read();
        try {
            handler.accept(message);
        } catch (OutOfMemoryError full) {
            runOutOfMemory();
        } catch (Throwable failure) {
            log(failure);
        } finally {
            since = IDLE;
            TimerQueue.Timeout<M> next = timers.peek();
            nextDue = next == null ? Long.MAX_VALUE : next.due();
            timersArmed = timers.size();
            timersSoFar = timers.made();
        }
    }

    private void runOutOfMemory() {
        try {
            outOfMemory.run();
        } catch (Throwable again) {
            // The reaction failed, too; the loop goes on with the next message.
        }
    }

    private static void log(Throwable failure) {
        try {
            LOG.error("The event loop could not handle a message; it goes on with the next one", failure);
        } catch (Throwable again) {
            // Likewise.
        }
    }
}
