package io.quarkiverse.procdaemon.runtime.engine.time;

import java.time.Duration;

/** Runs tasks later. */
public interface Timer {

    /**
     * Runs a task once, after a delay.
     *
     * @param task may block: each timer has a thread of its own, on which this runs; must not throw
     * @param delay zero or less means at once, on the timer's thread
     */
    Timeout schedule(Runnable task, Duration delay);

    /** A scheduled task. */
    interface Timeout {

        /** Cancels the task if it has not begun; otherwise does nothing. */
        void cancel();
    }
}
