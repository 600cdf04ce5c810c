package io.quarkiverse.procdaemon.runtime.grpc;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/** A call in flight: among the calls until it ends. It may be notified of its end more than once, and concurrently. */
final class CallInFlight {

    private final CallsInFlight calls;
    private final CountDownLatch ended = new CountDownLatch(1);

    CallInFlight(CallsInFlight calls) {
        this.calls = calls;
    }

    void end() {
        calls.remove(this);
        ended.countDown();
    }

    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return ended.await(Durations.nanos(atMost), TimeUnit.NANOSECONDS);
    }

    /** What the server is to notify instead of the listener, so that the call ends here as well. */
    <T> ServerCall.Listener<T> follow(ServerCall.Listener<T> listener) {
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onComplete() {
                try {
                    super.onComplete();
                } finally {
                    end();
                }
            }

            @Override
            public void onCancel() {
                try {
                    super.onCancel();
                } finally {
                    end();
                }
            }
        };
    }
}
