package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the pieces of work under way in one run. Closing succeeds at zero only, and then none begins any more: one atomic
 * variable decides, so a clean-up never runs beside work, however begin and close race.
 */
final class InFlight extends AtomicInteger {

    private static final long serialVersionUID = 1L;
    private static final int CLOSED = Integer.MIN_VALUE;

    /** One more; false if it is too late. */
    boolean begin() {
        return getAndUpdate(now -> now == CLOSED ? CLOSED : now + 1) != CLOSED;
    }

    /** One less; true if that was the last. */
    boolean end() {
        return decrementAndGet() == 0;
    }

    /** None may begin any more; false if there are still some. */
    boolean close() {
        return compareAndSet(0, CLOSED) || get() == CLOSED;
    }

    int count() {
        return Math.max(0, get());
    }
}
