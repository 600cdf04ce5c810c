package io.quarkiverse.procdaemon.runtime.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;
import io.quarkus.vertx.http.runtime.VertxHttpBuildTimeConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * The requests that the main HTTP server has begun to route and whose response has not ended, nor become impossible because the
 * client has disconnected. A streaming response, such as an event stream, is in flight until it ends. Not counted are requests
 * for another protocol (see {@link Upgrades}), those that another adapter counts (see {@link InFlightWork#HAND_OVER}), those
 * outside of {@code quarkus.http.root-path}, and those to the management
 * interface.
 */
@Singleton
public class InFlightRequests implements InFlightWork {

    // Before all other filters, and before anything reads a body. Only filters of Quarkus itself come earlier.
    private static final int FIRST = Integer.MAX_VALUE;
    private static final String KEY = InFlightRequest.class.getName();

    private record HandOver(InFlightRequest counted, HttpServerRequest request) implements Runnable {
        @Override
        public void run() {
            counted.end();
            Upgrades.release(request);
        }
    }

    private final RequestCohorts cohorts = new RequestCohorts();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger notCounted = new AtomicInteger();
    private final EndpointPaths endpoints;

    @Inject
    InFlightRequests(VertxHttpBuildTimeConfig http) {
        this(new EndpointPaths(http.rootPath(), http.nonApplicationRootPath()));
    }

    InFlightRequests(EndpointPaths endpoints) {
        this.endpoints = endpoints;
    }

    void install(@Observes Filters filters) {
        filters.register(this::handle, FIRST);
    }

    @Override
    public boolean awaitQuiet(Duration atMost) throws InterruptedException {
        return cohorts.awaitQuiet(atMost);
    }

    /** Not those to health, metrics and the like: somebody asks them all the time whether this is 0. */
    @Override
    public int count() {
        return count.get();
    }

    @Override
    public String kind() {
        return "HTTP requests";
    }

    @Override
    public String toString() {
        return "The HTTP requests in flight";
    }

    private void handle(RoutingContext context) {
        InFlightRequest rerouted = context.get(KEY);
        if (rerouted != null) {
            // Rerouting has removed this handler only.
            context.addBodyEndHandler(rerouted);
        } else if (!Upgrades.isAskedFor(context.request()) && !context.response().ended()) {
            begin(context);
        }
        context.next();
    }

    // Two handlers, since a response has only one end handler, which the servlet container and others replace. The end of the
    // body is reported for every response that ends; the end handler is for those that do not.
    private void begin(RoutingContext context) {
        HttpServerResponse response = context.response();
        InFlightRequest request = new InFlightRequest(cohorts.begin(),
                endpoints.contain(context.normalizedPath()) ? notCounted : count);
        context.put(KEY, request);
        if (context.request().version() == HttpVersion.HTTP_2) {
            // It may be a gRPC call.
            context.put(HAND_OVER, new HandOver(request, context.request()));
        }
        context.addBodyEndHandler(request);
        context.addEndHandler(ended -> request.end());
        // It may have been closed before the handlers were added, while the request waited for its turn.
        if (response.closed()) {
            request.end();
        }
    }
}
