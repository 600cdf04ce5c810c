package io.quarkiverse.procdaemon.runtime.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/**
 * Closes a call with a status and no more. It waits for the first notification, since on the HTTP server a call cannot be
 * closed
 * before it has a listener.
 */
final class RefusedCall<T> extends ServerCall.Listener<T> {

    private final ServerCall<T, ?> call;
    private final Status status;
    private boolean closed;

    RefusedCall(ServerCall<T, ?> call, Status status) {
        this.call = call;
        this.status = status;
    }

    private void close() {
        if (!closed) {
            closed = true;
            call.close(status, new Metadata());
        }
    }

    @Override
    public void onReady() {
        close();
    }

    @Override
    public void onMessage(T message) {
        close();
    }

    @Override
    public void onHalfClose() {
        close();
    }
}
