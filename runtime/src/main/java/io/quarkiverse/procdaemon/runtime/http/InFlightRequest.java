package io.quarkiverse.procdaemon.runtime.http;

import java.util.concurrent.atomic.AtomicReference;

import io.vertx.core.Handler;

/** A request under way: holds its epoch until it ends for the first time. It may hear of its end more than once, at a time. */
final class InFlightRequest extends AtomicReference<RequestCohort> implements Handler<Void> {

    private static final long serialVersionUID = 1;

    InFlightRequest(RequestCohort epoch) {
        super(epoch);
    }

    void end() {
        RequestCohort epoch = getAndSet(null);
        if (epoch != null) {
            epoch.end();
        }
    }

    @Override
    public void handle(Void bodyEnded) {
        end();
    }
}
