package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/** A clock that stands still until it is moved; what falls due runs on the thread that moves it, in order of time. */
final class VirtualTime implements Ticker, Timer {

    private record Entry(long due, long number, Runnable task) {
    }

    private final PriorityQueue<Entry> queue = new PriorityQueue<>(
            Comparator.comparingLong(Entry::due).thenComparingLong(Entry::number));
    private long nanos;
    private long number;

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

    private synchronized void cancel(Entry entry) {
        queue.remove(entry);
    }

    /** How many tasks are scheduled. */
    synchronized int scheduled() {
        return queue.size();
    }

    /** Moves on, stopping at every task that falls due on the way. */
    void advance(Duration by) {
        long end;
        synchronized (this) {
            end = nanos + by.toNanos();
        }
        for (List<Runnable> due; !(due = next(end)).isEmpty();) {
            due.forEach(Runnable::run);
        }
    }

    private synchronized List<Runnable> next(long end) {
        List<Runnable> due = new ArrayList<>();
        if (!queue.isEmpty() && queue.peek().due() <= end) {
            Entry entry = queue.poll();
            nanos = Math.max(nanos, entry.due());
            due.add(entry.task());
        } else {
            nanos = end;
        }
        return due;
    }
}
