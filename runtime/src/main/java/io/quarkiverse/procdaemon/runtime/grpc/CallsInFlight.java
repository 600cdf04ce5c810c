package io.quarkiverse.procdaemon.runtime.grpc;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;

/** The gRPC calls that {@link CallGate} has accepted and that have not ended. A streaming call is in flight until it ends. */
@Singleton
public class CallsInFlight implements InFlightWork {

    private final Set<CallInFlight> calls = ConcurrentHashMap.newKeySet();
    /** One number, since that of the set may be too small while some begin and end. */
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closed;

    /**
     * Begins a call; to be called before {@link #isClosed()}, so that a shutdown waits for each call that finds this open, and
     * before it is known that no drain is on.
     */
    CallInFlight begin() {
        count.incrementAndGet();
        CallInFlight call = new CallInFlight(this);
        calls.add(call);
        return call;
    }

    /** Nothing for one that has been removed already. */
    void remove(CallInFlight call) {
        if (calls.remove(call)) {
            count.decrementAndGet();
        }
    }

    /** Whether the subsystems are about to stop for good. */
    boolean isClosed() {
        return closed;
    }

    @Override
    public void end() {
        closed = true;
    }

    /** Not by a separate server, and those of the HTTP server are handed over. */
    @Override
    public boolean isAwaitedByServer() {
        return false;
    }

    @Override
    public boolean awaitQuiet(Duration atMost) throws InterruptedException {
        Deadline deadline = Deadline.after(Clock.SYSTEM, atMost);
        for (CallInFlight call : List.copyOf(calls)) {
            if (!call.awaitEnd(deadline.remaining())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int count() {
        return count.get();
    }

    @Override
    public String kind() {
        return "gRPC calls";
    }

    @Override
    public String toString() {
        return "The gRPC calls in flight";
    }
}
