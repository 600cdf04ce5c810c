package io.quarkiverse.procdaemon.runtime.engine.model;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import java.util.function.Consumer;

import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * A clock that stands still until it is moved, for the timers of an event loop and for lone ones. What falls due runs on the
 * thread that moves it, one after the other, unless the event loop has one of its own.
 */
final class SteppedClock implements Clock, Timer {

    private record Entry(long due, long number, Runnable task) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byDue = Long.compare(due, other.due);
            return byDue != 0 ? byDue : Long.compare(number, other.number);
        }
    }

    private final Consumer<Runnable> stale;
    private final TreeSet<Entry> lone = new TreeSet<>();
    private final Object mover = new Object();
    private volatile EventLoop<?> loop;
    private long nanos;
    private long number;

    /** @param stale called with each lone task that is cancelled: it may have been about to run, and then must do nothing */
    SteppedClock(Consumer<Runnable> stale) {
        this.stale = stale;
    }

    /** The timers of that event loop go off, too. */
    void drive(EventLoop<?> itsLoop) {
        loop = itsLoop;
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public synchronized Timeout schedule(Runnable task, Duration delay) {
        Entry entry = new Entry(nanos + delay.toNanos(), number++, task);
        lone.add(entry);
        return () -> cancel(entry);
    }

    private void cancel(Entry entry) {
        boolean cancelled;
        synchronized (this) {
            cancelled = lone.remove(entry);
        }
        if (cancelled) {
            stale.accept(entry.task());
        }
    }

    /** How many timers are armed. */
    synchronized int scheduled() {
        return lone.size() + (loop == null ? 0 : loop.timers());
    }

    /** When the next timer is due; the end of time if there is none. */
    synchronized long nextDue() {
        long first = lone.isEmpty() ? Long.MAX_VALUE : lone.first().due();
        return loop == null ? first : Math.min(first, loop.nextDue());
    }

    /** Moves on to the next timer if it is due by then, and has it go off; else moves there and says false. */
    boolean step(long end) {
        synchronized (mover) {
            Runnable next = next(end);
            if (next != null) {
                next.run();
            }
            return next != null;
        }
    }

    private synchronized Runnable next(long end) {
        long due = nextDue();
        if (due > end) {
            nanos = Math.max(nanos, end);
            return null;
        }
        nanos = Math.max(nanos, due);
        return !lone.isEmpty() && lone.first().due() == due ? lone.pollFirst().task() : loop::wake;
    }
}
