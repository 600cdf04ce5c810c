package io.quarkiverse.procdaemon.runtime.http;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Handler;

/** A request in flight: holds its cohort until it ends. It may be notified of its end more than once, and concurrently. */
final class InFlightRequest extends AtomicReference<@Nullable RequestCohort> implements Handler<Void> {

    private static final long serialVersionUID = 1;

    InFlightRequest(RequestCohort cohort) {
        super(cohort);
    }

    void end() {
        RequestCohort cohort = getAndSet(null);
        if (cohort != null) {
            cohort.end();
        }
    }

    @Override
    public void handle(Void bodyEnded) {
        end();
    }
}
