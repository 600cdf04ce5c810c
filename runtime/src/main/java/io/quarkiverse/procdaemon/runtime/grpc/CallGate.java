package io.quarkiverse.procdaemon.runtime.grpc;

import jakarta.enterprise.inject.spi.Prioritized;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;
import io.quarkus.grpc.GlobalInterceptor;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses each gRPC call with {@code UNAVAILABLE} unless the daemon takes calls. Always open are the health service, which says
 * the same in its own way, and reflection. It comes before all other interceptors.
 */
@Singleton
@GlobalInterceptor
public class CallGate implements ServerInterceptor, Prioritized {

    private static final String HEALTH = "grpc.health.v1.";
    private static final String REFLECTION = "grpc.reflection.";

    private final DaemonInternals daemon;
    private final CallsInFlight calls;

    @Inject
    CallGate(DaemonInternals daemon, CallsInFlight calls) {
        this.daemon = daemon;
        this.calls = calls;
    }

    @Override
    public int getPriority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        RoutingContext request = httpRequest();
        if (isAlwaysOpen(call.getMethodDescriptor())) {
            handOver(request);
            return next.startCall(call, headers);
        }
        CallInFlight inFlight = calls.begin();
        try {
            handOver(request);
            DaemonState state = daemon.state();
            if (calls.isClosed() || daemon.draining().isOn() || !takesCalls(state)) {
                inFlight.end();
                return new RefusedCall<>(call, refusal(state));
            }
            if (request != null) {
                // A call of the HTTP server is not notified when its connection is lost, but its request is.
                request.addEndHandler(ended -> inFlight.end());
                if (request.response().closed()) {
                    inFlight.end();
                }
            }
            return inFlight.follow(next.startCall(call, headers));
        } catch (Throwable thrown) {
            inFlight.end();
            throw thrown;
        }
    }

    /** Null on a separate server. */
    private static @Nullable RoutingContext httpRequest() {
        return VertxContext.isOnDuplicatedContext() ? Vertx.currentContext().getLocal(RoutingContext.class.getName()) : null;
    }

    /** It counts as a call and no longer as a request; a watch of the health service would keep the shutdown waiting. */
    private static void handOver(@Nullable RoutingContext request) {
        if (request != null && request.get(InFlightWork.HAND_OVER) instanceof Runnable handOver) {
            handOver.run();
        }
    }

    private static boolean isAlwaysOpen(MethodDescriptor<?, ?> method) {
        String name = method.getFullMethodName();
        return name.startsWith(HEALTH) || name.startsWith(REFLECTION);
    }

    // A shutdown that has just begun is DRAINING, too, and takes calls until it waits for those in flight.
    private static boolean takesCalls(DaemonState state) {
        return state == DaemonState.RUNNING || state == DaemonState.DRAINING;
    }

    private Status refusal(DaemonState state) {
        String why = switch (state) {
            case STARTING -> " has not started yet; try again later";
            case RUNNING, DRAINING ->
                calls.isClosed() ? " is shutting down" : " takes no new calls at the moment; try again later";
            case STOPPING, STOPPED -> " is shutting down";
        };
        return Status.UNAVAILABLE.withDescription(daemon.name() + why);
    }
}
