package io.quarkiverse.procdaemon.runtime.http;

import java.time.Duration;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * The requests that the main HTTP server has begun to route, and whose response has neither ended nor become impossible because
 * the client has gone. A response that streams, an event stream too, is under way until it ends. Not counted are requests that
 * ask for another protocol, which are {@link Upgrades}; nor those outside of {@code quarkus.http.root-path}, or to the
 * management interface.
 */
@Singleton
public class InFlightRequests implements InFlightWork {

    // Before all other filters, and before anything reads a body. What comes even earlier is Quarkus's own.
    private static final int FIRST = Integer.MAX_VALUE;
    private static final String KEY = InFlightRequest.class.getName();

    private final RequestCohorts epochs = new RequestCohorts();

    void install(@Observes Filters filters) {
        filters.register(this::handle, FIRST);
    }

    @Override
    public boolean awaitQuiet(Duration atMost) throws InterruptedException {
        return epochs.awaitQuiet(atMost);
    }

    @Override
    public String toString() {
        return "The HTTP requests under way";
    }

    private void handle(RoutingContext context) {
        InFlightRequest rerouted = context.get(KEY);
        if (rerouted != null) {
            // The one handler that rerouting has removed.
            context.addBodyEndHandler(rerouted);
        } else if (!Upgrades.isAskedFor(context.request()) && !context.response().ended()) {
            begin(context);
        }
        context.next();
    }

    // Two handlers, since a response has one end handler only, and the servlet container and others put their own in its place.
    // The end of the body is reported for every response that ends, the rest is for those that do not.
    private void begin(RoutingContext context) {
        HttpServerResponse response = context.response();
        InFlightRequest request = new InFlightRequest(epochs.begin());
        context.put(KEY, request);
        context.addBodyEndHandler(request);
        context.addEndHandler(ended -> request.end());
        // It may have been closed before there was a handler to hear of it, while the request waited for its turn.
        if (response.closed()) {
            request.end();
        }
    }
}
