package io.quarkiverse.procdaemon.runtime.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Handler;

/**
 * A request in flight: holds its cohort until it ends, and is one of a number. It may be notified of its end more than once,
 * and concurrently.
 */
final class InFlightRequest extends AtomicReference<@Nullable RequestCohort> implements Handler<Void> {

    private static final long serialVersionUID = 1;

    private final AtomicInteger count;

    /** @param count where it counts */
    InFlightRequest(RequestCohort cohort, AtomicInteger count) {
        super(cohort);
        this.count = count;
        count.incrementAndGet();
    }

    void end() {
        RequestCohort cohort = getAndSet(null);
        if (cohort != null) {
            count.decrementAndGet();
            cohort.end();
        }
    }

    @Override
    public void handle(Void bodyEnded) {
        end();
    }
}
