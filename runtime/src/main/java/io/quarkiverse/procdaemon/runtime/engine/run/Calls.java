package io.quarkiverse.procdaemon.runtime.engine.run;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;

import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.Interval;

/**
 * The calls of a body that is called again and again. None begins during a drain; the time since the last one goes on
 * meanwhile, so one that has become due begins as soon as the drain is over. The body's thread makes the calls, any thread may
 * ask.
 */
final class Calls {

    private static final Duration NEVER = ChronoUnit.FOREVER.getDuration();

    private final Interval every;
    private final BooleanSupplier draining;
    private final Runnable recovered;
    private volatile boolean inProgress;
    private volatile boolean succeeded;

    /**
     * @param every how long after one call has ended the next begins
     * @param draining whether a drain is on
     * @param recovered what to do when a call has succeeded for the first time, or when none will show that an outage is over
     */
    Calls(Interval every, BooleanSupplier draining, Runnable recovered) {
        this.every = every;
        this.draining = draining;
        this.recovered = recovered;
    }

    /** How long the first call has to wait, or one that a drain has kept from beginning. */
    Duration untilDue() {
        return untilNext() == NEVER ? NEVER : Duration.ZERO;
    }

    /** How long after the last call the next has to wait; for ever if there is none unless that changes. */
    Duration untilNext() {
        if (draining.getAsBoolean()) {
            return NEVER;
        }
        Duration interval = every.get();
        if (interval == null) {
            recovered.run();
        }
        return interval == null ? NEVER : interval;
    }

    /** A call is to begin now; false if a drain has begun, so that it must not. */
    boolean begin() {
        inProgress = true;
        if (draining.getAsBoolean()) {
            inProgress = false;
        }
        return inProgress;
    }

    /** The call has ended, however that was. */
    void end() {
        inProgress = false;
    }

    /** A call has succeeded. */
    void succeeded() {
        if (!succeeded) {
            succeeded = true;
            recovered.run();
        }
    }

    boolean isInProgress() {
        return inProgress;
    }

    boolean haveSucceeded() {
        return succeeded;
    }
}
