package io.quarkiverse.procdaemon.runtime.reload.watch;

/**
 * When it has been quiet for long enough after an event, or noisy for too long: arithmetic on {@link System#nanoTime}, no clock
 * of its own. Used by one thread.
 */
final class Debounce {

    /** How many times the quiet the first event waits at most, however many follow. */
    static final int CAP = 5;

    private final long quiet;
    private boolean pending;
    private long first;
    private long last;

    /** @param quiet how many nanoseconds it has to be quiet */
    Debounce(long quiet) {
        this.quiet = quiet;
    }

    void event(long now) {
        if (!pending) {
            pending = true;
            first = now;
        }
        last = now;
    }

    /** Whether there was an event since it was cleared. */
    boolean isPending() {
        return pending;
    }

    /** How many nanoseconds there are still to wait, if an event is pending; none or less when the wait is over. */
    long remaining(long now) {
        return Math.min(last + quiet - now, first + CAP * quiet - now);
    }

    void clear() {
        pending = false;
    }
}
