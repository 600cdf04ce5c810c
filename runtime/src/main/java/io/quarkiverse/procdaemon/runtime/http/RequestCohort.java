package io.quarkiverse.procdaemon.runtime.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * The requests that begin between two calls of {@link RequestCohorts#awaitQuiet}. One atomic variable holds both their number
 * and whether the cohort is retired, so each request belongs either to it or to a later one.
 */
final class RequestCohort {

    /** The sign; the other bits count. */
    private static final int RETIRED = Integer.MIN_VALUE;

    private final AtomicInteger state = new AtomicInteger();
    private final CountDownLatch quiet = new CountDownLatch(1);

    /** Adds a request; false if the cohort is retired. */
    boolean begin() {
        if (state.getAndIncrement() >= 0) {
            return true;
        }
        end();
        return false;
    }

    /** Removes a request; to be called once for each that began. */
    void end() {
        if (state.decrementAndGet() == RETIRED) {
            quiet.countDown();
        }
    }

    /** No request begins here any more. Called once. */
    void retire() {
        if (state.getAndAdd(RETIRED) == 0) {
            quiet.countDown();
        }
    }

    boolean isQuiet() {
        return quiet.getCount() == 0;
    }

    /** Waits until all requests have ended; false if the time elapsed first. */
    boolean awaitQuiet(Duration atMost) throws InterruptedException {
        return quiet.await(Durations.nanos(atMost), TimeUnit.NANOSECONDS);
    }
}
