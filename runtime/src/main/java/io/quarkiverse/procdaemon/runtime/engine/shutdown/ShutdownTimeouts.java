package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;

import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * The three moments of a shutdown, counted from its start.
 *
 * @param graceful until then subsystems are left to end by themselves; then they are interrupted
 * @param force what has not ended by then is abandoned, so that what it depends on can still clean up
 * @param kill the shutdown is over, whatever still runs
 */
public record ShutdownTimeouts(Duration graceful, Duration force, Duration kill) {

    /** What holds where nothing is configured. */
    public static final ShutdownTimeouts DEFAULT = new ShutdownTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(10),
            Duration.ofSeconds(15));

    /** How long after its interrupt a subsystem is abandoned; also one that stops while the others go on. */
    public Duration grace() {
        return Duration.ofNanos(Durations.nanos(force) - Durations.nanos(graceful));
    }
}
