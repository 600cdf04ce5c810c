package io.quarkiverse.procdaemon.runtime.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;

/**
 * Counts what is under way, so that one can wait for what is without waiting for what comes: each call for quiet retires the
 * epoch and waits for this one and those before it.
 * <p>
 * What a piece of work did before its end is visible to whom it kept waiting: every end is a read and write of the epoch's
 * atomic, the last one reads what all before it wrote, then opens the latch. What was done before the call for quiet is visible
 * to whatever is not waited for: that has read the sign of the retired epoch or the epoch after it, both written by the call.
 */
final class RequestCohorts {

    private volatile RequestCohort current = new RequestCohort();
    /** Guarded by this, which only those that wait for quiet take; a list in use never changes. */
    private List<RequestCohort> retired = List.of();

    /** The epoch that it is part of; to be told of the end. */
    RequestCohort begin() {
        // Goes round once more for each call for quiet that comes in between, and such calls are few.
        while (true) {
            RequestCohort epoch = current;
            if (epoch.begin()) {
                return epoch;
            }
        }
    }

    /** As {@link io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork#awaitQuiet}. */
    boolean awaitQuiet(Duration atMost) throws InterruptedException {
        Deadline deadline = Deadline.after(Clock.SYSTEM, atMost);
        for (RequestCohort epoch : retire()) {
            if (!epoch.awaitQuiet(deadline.remaining())) {
                return false;
            }
        }
        return true;
    }

    /** Those that are not quiet yet: what began in them began before now. */
    private synchronized List<RequestCohort> retire() {
        RequestCohort last = current;
        // First its successor, so that whoever finds it retired finds that too.
        current = new RequestCohort();
        last.retire();
        // Loops: the JVM links a lambda the first time, and the first time here is a shutdown.
        List<RequestCohort> busy = new ArrayList<>(retired.size() + 1);
        for (RequestCohort epoch : retired) {
            if (!epoch.isQuiet()) {
                busy.add(epoch);
            }
        }
        if (!last.isQuiet()) {
            busy.add(last);
        }
        retired = busy;
        return busy;
    }
}
