package io.quarkiverse.procdaemon.runtime.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;

/**
 * What begins between two calls for quiet. One atomic variable holds both the count and whether it is retired, so for each
 * piece of work it is decided which came first: it began here, or it begins in a later epoch.
 */
final class RequestCohort {

    /** The sign; what is under way is counted in the other bits. */
    private static final int RETIRED = Integer.MIN_VALUE;

    private final AtomicInteger state = new AtomicInteger();
    private final CountDownLatch quiet = new CountDownLatch(1);

    /** One more; false if it is too late. */
    boolean begin() {
        if (state.getAndIncrement() >= 0) {
            return true;
        }
        end();
        return false;
    }

    /** One less, once for each that began. */
    void end() {
        if (state.decrementAndGet() == RETIRED) {
            quiet.countDown();
        }
    }

    /** None begins here any more. Called once. */
    void retire() {
        if (state.getAndAdd(RETIRED) == 0) {
            quiet.countDown();
        }
    }

    boolean isQuiet() {
        return quiet.getCount() == 0;
    }

    /** Waits until all that began here has ended; false if the time was up first. */
    boolean awaitQuiet(Duration atMost) throws InterruptedException {
        return quiet.await(Nanos.of(atMost), TimeUnit.NANOSECONDS);
    }
}
