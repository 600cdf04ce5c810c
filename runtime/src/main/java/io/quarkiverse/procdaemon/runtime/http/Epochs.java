package io.quarkiverse.procdaemon.runtime.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;

/**
 * Counts what is under way, so that one can wait for what is without waiting for what comes: each call for quiet retires the
 * epoch and waits for this one and those before it.
 * <p>
 * What a piece of work did before its end is visible to whom it kept waiting: every end is a read and write of the epoch's
 * atomic, the last one reads what all before it wrote, then opens the latch. What was done before the call for quiet is visible
 * to whatever is not waited for: that has read the sign of the retired epoch or the epoch after it, both written by the call.
 */
final class Epochs {

    private volatile Epoch current = new Epoch();
    /** Guarded by this, which only those that wait for quiet take; a list in use never changes. */
    private List<Epoch> retired = List.of();

    /** The epoch that it is part of; to be told of the end. */
    Epoch begin() {
        // Goes round once more for each call for quiet that comes in between, and such calls are few.
        while (true) {
            Epoch epoch = current;
            if (epoch.begin()) {
                return epoch;
            }
        }
    }

    /** As {@link io.quarkiverse.procdaemon.runtime.engine.shutdown.Traffic#awaitQuiet}. */
    boolean awaitQuiet(Duration atMost) throws InterruptedException {
        Deadline deadline = Deadline.after(Ticker.SYSTEM, atMost);
        for (Epoch epoch : retire()) {
            if (!epoch.awaitQuiet(deadline.remaining())) {
                return false;
            }
        }
        return true;
    }

    /** Those that are not quiet yet: what began in them began before now. */
    private synchronized List<Epoch> retire() {
        Epoch last = current;
        // First its successor, so that whoever finds it retired finds that too.
        current = new Epoch();
        last.retire();
        // Loops: the JVM links a lambda the first time, and the first time here is a shutdown.
        List<Epoch> busy = new ArrayList<>(retired.size() + 1);
        for (Epoch epoch : retired) {
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
