package io.quarkiverse.procdaemon.runtime.engine.run;

import java.time.Duration;
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * What the threads of a run wait for, and whether it is alive. The body's own thread is alive while it waits here. It gives a
 * heartbeat before it stops waiting, and these two are read in the opposite order, so the time waited counts to its end. Any
 * thread may call the methods.
 */
final class StopSignal {

    /** Takes the place of the actions when they have been taken. */
    private static final Registered TAKEN = new Registered(null, null);

    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicBoolean beaten = new AtomicBoolean();
    /** Null before the body has begun, after it has returned, and for that of a run without one. */
    private volatile @Nullable Thread body;
    private volatile boolean bodyWaits;
    /** Opens at the next change of the configuration, or at the stop; null while nobody waits for one. */
    private @Nullable CountDownLatch change;
    /** The last one that was registered, or null. */
    private final AtomicReference<@Nullable Registered> actions = new AtomicReference<>();

    private record Registered(@Nullable Runnable action, @Nullable Registered before) {
    }

    /** Those that wait go on. */
    void open() {
        stop.countDown();
        configurationChanged();
    }

    /** Registers an action to be run at the stop; false if the actions have been taken. */
    boolean register(Runnable action) {
        Registered before;
        do {
            before = actions.get();
            if (before == TAKEN) {
                return false;
            }
        } while (!actions.compareAndSet(before, new Registered(action, before)));
        return true;
    }

    /** The actions in the order in which they were registered; none if they have been taken. */
    List<Runnable> takeActions() {
        Registered last = actions.getAndSet(TAKEN);
        if (last == null || last == TAKEN) {
            return List.of();
        }
        LinkedList<Runnable> due = new LinkedList<>();
        for (Registered one = last; one != null; one = one.before) {
            due.addFirst(one.action);
        }
        return due;
    }

    /** Those whose time depends on it ask for it again. */
    synchronized void configurationChanged() {
        if (change != null) {
            change.countDown();
            change = null;
        }
    }

    private synchronized CountDownLatch nextChange() {
        if (change == null) {
            change = new CountDownLatch(1);
        }
        return change;
    }

    void bodyOn(@Nullable Thread thread) {
        body = thread;
    }

    /** An opaque write costs what a plain one does: it has to be seen soon, not to order anything. */
    void heartbeat() {
        beaten.setOpaque(true);
    }

    /** Whether there was a heartbeat since this was called last, or the body waits for the stop. */
    boolean takeHeartbeat() {
        return bodyWaits | (beaten.getOpaque() && beaten.getAndSet(false));
    }

    /** What {@link #takeHeartbeat} would return now. */
    boolean hasHeartbeat() {
        return bodyWaits | beaten.getOpaque();
    }

    void await() throws InterruptedException {
        boolean mine = bodyBeginsToWait();
        try {
            stop.await();
        } finally {
            bodyWaited(mine);
        }
    }

    boolean await(Duration timeout) throws InterruptedException {
        boolean mine = bodyBeginsToWait();
        try {
            return stop.await(Durations.nanos(timeout), TimeUnit.NANOSECONDS);
        } finally {
            bodyWaited(mine);
        }
    }

    boolean await(Supplier<Duration> timeout) throws InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            // First, so that neither the stop nor a change after that is missed.
            CountDownLatch changed = nextChange();
            if (stop.await(0, TimeUnit.NANOSECONDS)) {
                return true;
            }
            Duration whole = timeout.get();
            if (whole == null) {
                throw new IllegalArgumentException("the supplier of the timeout gave null");
            }
            long left = Durations.nanos(whole) - (System.nanoTime() - begun);
            if (left <= 0) {
                return stop.getCount() == 0;
            }
            boolean mine = bodyBeginsToWait();
            try {
                changed.await(left, TimeUnit.NANOSECONDS);
            } finally {
                bodyWaited(mine);
            }
        }
    }

    /** Whether the calling thread is the body's: any other that waits proves nothing. */
    private boolean bodyBeginsToWait() {
        boolean mine = Thread.currentThread() == body;
        if (mine) {
            bodyWaits = true;
        }
        return mine;
    }

    private void bodyWaited(boolean mine) {
        if (mine) {
            heartbeat();
            bodyWaits = false;
        }
    }
}
