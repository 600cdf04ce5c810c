package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;

import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.run.Generation;
import io.quarkiverse.procdaemon.runtime.engine.run.Phase;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;

/**
 * Looks after one run while it is RUNNING: asks for its health if it can say, waits for its heartbeats if it has to give any.
 * Confined to the event loop.
 */
final class Watch {

    private final Node node;
    private final Generation generation;
    private final Platform platform;
    private final Executor loop;
    private final Runs runs;
    private final HealthProbe probe;
    private Watchdog watchdog;

    /** Begins with the run that is RUNNING; null if there is nothing to look at, as with most. */
    static Watch of(Node node, Platform platform, Executor loop, Runs runs) {
        return node.spec().behavior().healthy() == null && node.spec().settings().heartbeatTimeout() == null ? null
                : new Watch(node, platform, loop, runs);
    }

    private Watch(Node node, Platform platform, Executor loop, Runs runs) {
        this.node = node;
        this.generation = node.generation();
        this.platform = platform;
        this.loop = loop;
        this.runs = runs;
        SubsystemSettings settings = node.spec().settings();
        this.probe = HealthProbe.watch(node, settings.health(), platform, loop, runs);
        this.watchdog = watchdog(settings.heartbeatTimeout());
    }

    private Watchdog watchdog(Duration timeout) {
        if (timeout == null) {
            return null;
        }
        Watchdog[] self = new Watchdog[1];
        self[0] = new Watchdog(generation, timeout, platform, () -> loop.execute(() -> hung(self[0])));
        return self[0].watching();
    }

    private void hung(Watchdog who) {
        // It may have been cancelled after it said so. A body that has returned gives no heartbeat while its dependents stop.
        if (!who.isCancelled() && (generation.isIn(Phase.RUN) || node.spec().behavior().run() == null)) {
            runs.failIfRunning(node, generation, Thrown.of(Errors.hung(node, who.timeout())));
        }
    }

    /** Goes on by the rules in force now; to be called while it is RUNNING. A new heartbeat time-out counts from now. */
    void settingsChanged() {
        SubsystemSettings settings = node.spec().settings();
        if (probe != null) {
            probe.settings(settings.health());
        }
        if (!Objects.equals(settings.heartbeatTimeout(), watchdog == null ? null : watchdog.timeout())) {
            cancelWatchdog();
            watchdog = watchdog(settings.heartbeatTimeout());
        }
    }

    /** Looks no more. */
    void cancel() {
        if (probe != null) {
            probe.cancel();
        }
        cancelWatchdog();
    }

    private void cancelWatchdog() {
        if (watchdog != null) {
            watchdog.cancel();
        }
    }
}
