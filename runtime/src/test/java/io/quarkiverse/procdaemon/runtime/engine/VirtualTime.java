package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/** A clock that stands still until it is moved; what falls due runs on the thread that moves it, in order of time. */
final class VirtualTime implements Clock, Timer {

    private record Entry(long due, long number, Runnable task) {
    }

    private final PriorityQueue<Entry> queue = new PriorityQueue<>(
            Comparator.comparingLong(Entry::due).thenComparingLong(Entry::number));
    private long nanos;
    private long number;

    /** Waits until whoever is at work has set all timers that it is about to set. */
    volatile Runnable settle = () -> {
    };

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
        Entry entry = new Entry(nanos + Nanos.of(delay), number++, task);
        queue.add(entry);
        notifyAll();
        return () -> cancel(entry);
    }

    private synchronized void cancel(Entry entry) {
        queue.remove(entry);
        notifyAll();
    }

    /** How many tasks are scheduled, when every message that has been posted is done. */
    int scheduled() {
        settle.run();
        synchronized (this) {
            return queue.size();
        }
    }

    /** How many tasks have been scheduled so far. */
    synchronized long everScheduled() {
        return number;
    }

    /** Waits until so many tasks are scheduled. */
    void awaitScheduled(int count) throws InterruptedException {
        await(() -> queue.size() == count);
    }

    /** Waits until so many tasks have been scheduled so far. */
    void awaitEver(long count) throws InterruptedException {
        await(() -> number >= count);
    }

    /** Waits until so many tasks are due after exactly that time. */
    void awaitDueIn(Duration delay, int count) throws InterruptedException {
        await(() -> queue.stream().filter(entry -> entry.due() - nanos == delay.toNanos()).count() == count);
    }

    /** Waits until the next task is due after exactly that time. */
    void awaitNextIn(Duration delay) throws InterruptedException {
        await(() -> !queue.isEmpty() && queue.peek().due() - nanos == delay.toNanos());
    }

    private synchronized void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("scheduled are " + queue + " at " + nanos);
            }
            wait(left);
        }
    }

    /** Moves on, stopping at every task that falls due on the way. */
    void advance(Duration by) {
        long end;
        synchronized (this) {
            end = nanos + by.toNanos();
        }
        settle.run();
        for (List<Runnable> due; !(due = next(end)).isEmpty();) {
            due.forEach(Runnable::run);
            settle.run();
        }
    }

    /** The process stands still for so long: what falls due meanwhile runs at the end of that, which is late. */
    void suspend(Duration by) {
        settle.run();
        synchronized (this) {
            nanos += by.toNanos();
        }
        advance(Duration.ZERO);
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
