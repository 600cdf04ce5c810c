package io.quarkiverse.procdaemon.runtime.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;

/**
 * Counts requests in flight, so that a caller can wait for the present ones without waiting for later ones:
 * {@link #awaitQuiet} retires the current cohort and waits for it and those before it.
 * <p>
 * Memory effects: what a request did before its end is visible to the thread that waited for it, since every end reads and
 * writes the atomic of the cohort, and the last one then opens the latch. What a thread did before the wait is visible to the
 * requests that it does not wait for, since those have read the sign of the retired cohort or its successor, both written by
 * that thread.
 */
final class RequestCohorts {

    private volatile RequestCohort current = new RequestCohort();
    /** Guarded by this, which only waiting threads lock; a list in use never changes. */
    private List<RequestCohort> retired = List.of();

    /** Adds a request to the current cohort, whose {@code end()} must be called when it ends. */
    RequestCohort begin() {
        // Repeats only if the cohort was retired in between, which is rare.
        while (true) {
            RequestCohort cohort = current;
            if (cohort.begin()) {
                return cohort;
            }
        }
    }

    /** As {@link io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork#awaitQuiet}. */
    boolean awaitQuiet(Duration atMost) throws InterruptedException {
        Deadline deadline = Deadline.after(Clock.SYSTEM, atMost);
        for (RequestCohort cohort : retire()) {
            if (!cohort.awaitQuiet(deadline.remaining())) {
                return false;
            }
        }
        return true;
    }

    /** Retires the current cohort; returns all retired ones that are not quiet yet. */
    private synchronized List<RequestCohort> retire() {
        RequestCohort last = current;
        // First its successor, so that a thread that finds the cohort retired finds the successor too.
        current = new RequestCohort();
        last.retire();
        // Loops: the JVM would link a lambda at its first use, which is during a shutdown.
        List<RequestCohort> busy = new ArrayList<>(retired.size() + 1);
        for (RequestCohort cohort : retired) {
            if (!cohort.isQuiet()) {
                busy.add(cohort);
            }
        }
        if (!last.isQuiet()) {
            busy.add(last);
        }
        retired = busy;
        return busy;
    }
}
