package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.loop.LoopTimers;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * A clock that stands still until it is moved, for the timers of an event loop, which has its own, and for lone ones, which run
 * on the thread that moves it. All go off in order of time.
 */
final class VirtualTime implements Clock, Timer {

    private record Entry(long due, long number, Runnable task) {
    }

    private final PriorityQueue<Entry> lone = new PriorityQueue<>(
            Comparator.comparingLong(Entry::due).thenComparingLong(Entry::number));
    private long nanos;
    private long number;
    private volatile EventLoop<Message> loop;
    /** Waits until the event loop has handled all that was posted. */
    private volatile Runnable settle = () -> {
    };
    private volatile boolean loopHangs;

    /** The timers of that event loop go off, too. */
    void drive(EventLoop<Message> itsLoop, Runnable itsSettling) {
        loop = itsLoop;
        settle = itsSettling;
    }

    /** While the event loop hangs, only lone timers go off. */
    void loopHangs(boolean hangs) {
        loopHangs = hangs;
    }

    private void settle() {
        if (!loopHangs) {
            settle.run();
        }
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
        Entry entry = new Entry(nanos + Durations.nanos(delay), number++, task);
        lone.add(entry);
        return () -> cancel(entry);
    }

    private synchronized void cancel(Entry entry) {
        lone.remove(entry);
    }

    /** How many timers are armed, when every message that has been posted is done. */
    int scheduled() {
        settle();
        return armed();
    }

    private synchronized int armed() {
        return lone.size() + (loop == null ? 0 : loop.timers());
    }

    /** Waits until so many timers are armed. */
    void awaitScheduled(int count) {
        await(() -> armed() == count);
    }

    /** Waits until so many timers of the event loop are due after exactly that time. */
    void awaitDueIn(Duration delay, int count) {
        await(() -> {
            CompletableFuture<Long> due = new CompletableFuture<>();
            loop.post((Message.Step) () -> due.complete(LoopTimers.dueAt(loop, nanos() + delay.toNanos())));
            return due.join() == count;
        });
    }

    /** Waits until the next timer is due after exactly that time. */
    void awaitNextIn(Duration delay) {
        await(() -> nextDue() == nanos() + delay.toNanos());
    }

    /** How many timers the event loop has armed so far. */
    long everScheduled() {
        settle();
        return loop.timersSoFar();
    }

    /** Waits until it has armed so many. */
    void awaitEver(long count) {
        await(() -> loop.timersSoFar() >= count);
    }

    private void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        settle();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(armed() + " timers are armed, the next is due at " + nextDue() + "; it is " + nanos());
            }
            LockSupport.parkNanos(50_000);
            settle();
        }
    }

    private synchronized long nextDue() {
        long first = lone.isEmpty() ? Long.MAX_VALUE : lone.peek().due();
        return loop == null || loopHangs ? first : Math.min(first, loop.nextDue());
    }

    /** Moves on, stopping at every timer that falls due on the way. */
    void advance(Duration by) {
        settle();
        long end = nanos() + by.toNanos();
        while (goOff(end)) {
            settle();
        }
    }

    /** False if none is due by then, and it is that late. */
    private boolean goOff(long end) {
        Runnable next;
        synchronized (this) {
            long due = nextDue();
            if (due > end) {
                nanos = end;
                return false;
            }
            nanos = Math.max(nanos, due);
            next = !lone.isEmpty() && lone.peek().due() == due ? lone.poll().task() : loop::wake;
        }
        next.run();
        return true;
    }

    /** The process stands still for so long: what falls due meanwhile goes off at the end of that, which is late. */
    void suspend(Duration by) {
        settle();
        synchronized (this) {
            nanos += by.toNanos();
        }
        if (loop != null) {
            loop.wake();
        }
        advance(Duration.ZERO);
    }
}
