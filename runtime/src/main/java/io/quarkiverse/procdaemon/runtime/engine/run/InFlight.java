package io.quarkiverse.procdaemon.runtime.engine.run;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the pieces of work under way in one run. Closing succeeds at zero only, and then none begins any more: one atomic
 * variable decides, so a clean-up never runs beside work, however begin and close race. Any thread may call this.
 */
final class InFlight {

    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicInteger count = new AtomicInteger();

    /** One more; false if it is too late. */
    boolean begin() {
        return count.getAndUpdate(now -> now == CLOSED ? CLOSED : now + 1) != CLOSED;
    }

    /** One less; true if that was the last. */
    boolean end() {
        return count.decrementAndGet() == 0;
    }

    /** None may begin any more; false if there are still some. */
    boolean close() {
        return count.compareAndSet(0, CLOSED) || count.get() == CLOSED;
    }

    /** How many there are. */
    int count() {
        return Math.max(0, count.get());
    }
}
