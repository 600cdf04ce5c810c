package io.quarkiverse.procdaemon.runtime.engine.time;

import java.time.Duration;

/** Runs tasks later. */
public interface Timer {

    /**
     * Runs a task once, after a delay.
     *
     * @param task must be quick and must not block: all tasks share one thread; what it throws is logged
     * @param delay zero or less means at once, on the timer's thread
     */
    Timeout schedule(Runnable task, Duration delay);

    /** A scheduled task. */
    interface Timeout {

        /** Cancels the task if it has not begun; otherwise does nothing. */
        void cancel();
    }
}
