package io.quarkiverse.procdaemon.runtime.engine.run;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Counts the pieces of work under way in one run. Closing succeeds at zero only, and then none begins any more: one atomic
 * variable decides, so a clean-up never runs beside work, however begin and close race. Extended instead of referred to, as
 * {@link Latch} is.
 */
abstract class InFlight {

    private static final AtomicIntegerFieldUpdater<InFlight> COUNT = AtomicIntegerFieldUpdater.newUpdater(InFlight.class,
            "count");
    private static final int CLOSED = Integer.MIN_VALUE;

    private volatile int count;

    /** One more; false if it is too late. */
    final boolean beginOne() {
        return COUNT.getAndUpdate(this, now -> now == CLOSED ? CLOSED : now + 1) != CLOSED;
    }

    /** One less; true if that was the last. */
    final boolean endOne() {
        return COUNT.decrementAndGet(this) == 0;
    }

    /** None may begin any more; false if there are still some. */
    final boolean close() {
        return COUNT.compareAndSet(this, 0, CLOSED) || count == CLOSED;
    }

    /** How many pieces of work are under way; any thread may call this. */
    public final int inFlight() {
        return Math.max(0, count);
    }
}
