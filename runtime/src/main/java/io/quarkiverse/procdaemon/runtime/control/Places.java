package io.quarkiverse.procdaemon.runtime.control;

import java.util.concurrent.Semaphore;

/**
 * The places for connections, of which some are kept for root and the user of the daemon: no other user can keep them out. A
 * connection that gets none is refused, which takes a place, too, for a moment.
 */
final class Places {

    static final int ALL = 16;
    static final int FOR_OTHERS = 12;
    static final int REFUSALS = 4;

    private final Semaphore all = new Semaphore(ALL);
    private final Semaphore forOthers = new Semaphore(FOR_OTHERS);
    private final Semaphore refusals = new Semaphore(REFUSALS);

    /** Whether there is a place. */
    boolean take(boolean isOther) {
        if (isOther && !forOthers.tryAcquire()) {
            return false;
        }
        if (!all.tryAcquire()) {
            giveBackOf(isOther);
            return false;
        }
        return true;
    }

    void giveBack(boolean isOther) {
        all.release();
        giveBackOf(isOther);
    }

    private void giveBackOf(boolean isOther) {
        if (isOther) {
            forOthers.release();
        }
    }

    /** Whether there is a place for a refusal in words. */
    boolean takeForRefusal() {
        return refusals.tryAcquire();
    }

    void giveBackRefusal() {
        refusals.release();
    }
}
