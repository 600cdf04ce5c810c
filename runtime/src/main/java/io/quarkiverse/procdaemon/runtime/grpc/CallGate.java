package io.quarkiverse.procdaemon.runtime.grpc;

import jakarta.enterprise.inject.spi.Prioritized;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
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
        if (isAlwaysOpen(call.getMethodDescriptor())) {
            return next.startCall(call, headers);
        }
        CallInFlight inFlight = calls.begin();
        DaemonState state = daemon.state();
        if (calls.isClosed() || !takesCalls(state)) {
            inFlight.end();
            return new RefusedCall<>(call, refusal(state));
        }
        try {
            endWithRequest(inFlight);
            return inFlight.follow(next.startCall(call, headers));
        } catch (Throwable thrown) {
            inFlight.end();
            throw thrown;
        }
    }

    private static boolean isAlwaysOpen(MethodDescriptor<?, ?> method) {
        String name = method.getFullMethodName();
        return name.startsWith(HEALTH) || name.startsWith(REFLECTION);
    }

    // A shutdown that has just begun drains, too, and takes calls until it waits for those in flight.
    private static boolean takesCalls(DaemonState state) {
        return state == DaemonState.RUNNING || state == DaemonState.DRAINING;
    }

    private Status refusal(DaemonState state) {
        return Status.UNAVAILABLE.withDescription(state == DaemonState.STARTING
                ? daemon.name() + " has not started yet; try again later"
                : daemon.name() + " is shutting down");
    }

    /** On the HTTP server a call hears nothing of a lost connection, but its request does. */
    private static void endWithRequest(CallInFlight call) {
        if (VertxContext.isOnDuplicatedContext()) {
            RoutingContext request = Vertx.currentContext().getLocal(RoutingContext.class.getName());
            if (request != null) {
                request.addEndHandler(ended -> call.end());
            }
        }
    }
}
