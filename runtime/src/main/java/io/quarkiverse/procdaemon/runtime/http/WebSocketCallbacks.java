package io.quarkiverse.procdaemon.runtime.http;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkus.websockets.next.WebSocketConnection;
import io.quarkus.websockets.next.runtime.ConnectionManager;

/**
 * The connections of websockets-next whose {@code @OnClose} has not returned: it runs when the connection is gone already, and
 * {@code OpenConnections} does not list it any more. Loaded only if that extension is present.
 */
@Singleton
public class WebSocketCallbacks implements InFlightWork, ConnectionManager.ConnectionListener {

    /** Guarded by this. */
    private final Set<String> connections = new HashSet<>();

    /** @param manager not resolvable in an application without an endpoint */
    @Inject
    WebSocketCallbacks(Instance<ConnectionManager> manager) {
        if (manager.isResolvable()) {
            manager.get().addListener(this);
        }
    }

    WebSocketCallbacks() {
        // For tests.
    }

    @Override
    public void connectionAdded(String endpoint, WebSocketConnection connection) {
        added(connection.id());
    }

    synchronized void added(String id) {
        connections.add(id);
    }

    /** Called when {@code @OnClose} has ended. */
    @Override
    public synchronized void connectionRemoved(String endpoint, String id) {
        connections.remove(id);
        notifyAll();
    }

    @Override
    public boolean isAwaitedByServer() {
        return false;
    }

    @Override
    public synchronized boolean awaitQuiet(Duration atMost) throws InterruptedException {
        Deadline deadline = Deadline.after(Clock.SYSTEM, atMost);
        Set<String> open = Set.copyOf(connections);
        while (!Collections.disjoint(open, connections)) {
            long nanos = deadline.remaining().toNanos();
            if (nanos <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        }
        return true;
    }

    @Override
    public String toString() {
        return "The @OnClose methods of websockets";
    }
}
