package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.runtime.engine.events.EventBus;
import io.quarkiverse.procdaemon.runtime.engine.events.News;

/** How far the daemon has got. Written on the event loop; read anywhere. */
public final class DaemonStatus {

    private final Draining draining;
    private final EventBus events;
    private volatile DaemonState state = DaemonState.STARTING;
    private volatile boolean started;
    /** Nobody but the thread that starts the engine waits for it, so it may complete on the event loop. */
    private volatile CompletableFuture<Void> start = new CompletableFuture<>();

    /** @param events whose listeners are notified when it has started */
    public DaemonStatus(Draining draining, EventBus events) {
        this.draining = draining;
        this.events = events;
    }

    /** Where it is in its life. */
    public DaemonState state() {
        return state;
    }

    /**
     * The same as users see it, who know of no state between RUNNING and STOPPING but DRAINING.
     *
     * @param ending whether a shutdown has begun
     */
    public DaemonState state(boolean ending) {
        DaemonState now = state;
        return now == DaemonState.RUNNING && (draining.isOn() || ending) ? DaemonState.DRAINING : now;
    }

    /** While it is on, a daemon that is RUNNING is DRAINING. */
    public Draining draining() {
        return draining;
    }

    /** Whether every critical subsystem has been RUNNING; once true, always true. */
    public boolean hasStarted() {
        return started;
    }

    /** Done when the start is over, with why it failed if it did. */
    public Future<Void> start() {
        return start;
    }

    /** Every critical subsystem has been RUNNING. */
    public void startSucceeded() {
        started = true;
        state = DaemonState.RUNNING;
        start.complete(null);
        events.tell(new News.StateChanged());
    }

    /** The start is over before its end. Nothing if it is over already. */
    public void startFailed(DaemonException why) {
        start.completeExceptionally(why);
    }

    /** The subsystems are about to stop. */
    void stopping() {
        state = DaemonState.STOPPING;
    }

    /** All subsystems have ended. */
    void stopped() {
        state = DaemonState.STOPPED;
        draining.lookNoMore();
    }

    /** After the end there is another start, of a daemon that does not drain. */
    public void startsAgain() {
        draining.end();
        start = new CompletableFuture<>();
        state = DaemonState.STARTING;
    }
}
