package io.quarkiverse.procdaemon.runtime.engine.model;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import java.util.function.Consumer;

import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/** A clock that stands still until it is moved; what falls due runs on the thread that moves it, one after the other. */
final class SteppedClock implements Clock, Timer {

    private record Entry(long due, long number, Runnable task) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byDue = Long.compare(due, other.due);
            return byDue != 0 ? byDue : Long.compare(number, other.number);
        }
    }

    private final Consumer<Runnable> stale;
    private final TreeSet<Entry> queue = new TreeSet<>();
    private final Object mover = new Object();
    private long nanos;
    private long number;

    /** @param stale told of each task that is cancelled: it may have been about to run, and then must do nothing */
    SteppedClock(Consumer<Runnable> stale) {
        this.stale = stale;
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
        queue.add(entry);
        return () -> cancel(entry);
    }

    private void cancel(Entry entry) {
        boolean cancelled;
        synchronized (this) {
            cancelled = queue.remove(entry);
        }
        if (cancelled) {
            stale.accept(entry.task());
        }
    }

    /** How many tasks are scheduled. */
    synchronized int scheduled() {
        return queue.size();
    }

    /** When the next task is due; the end of time if there is none. */
    synchronized long nextDue() {
        return queue.isEmpty() ? Long.MAX_VALUE : queue.first().due();
    }

    /** Moves on to the next task if it is due by then, and runs it; else moves there and says false. */
    boolean step(long end) {
        synchronized (mover) {
            Entry entry = next(end);
            if (entry != null) {
                entry.task().run();
            }
            return entry != null;
        }
    }

    private synchronized Entry next(long end) {
        if (nextDue() > end) {
            nanos = Math.max(nanos, end);
            return null;
        }
        Entry entry = queue.pollFirst();
        nanos = Math.max(nanos, entry.due());
        return entry;
    }
}
