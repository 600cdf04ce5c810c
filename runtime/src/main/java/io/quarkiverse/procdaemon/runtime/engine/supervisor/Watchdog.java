package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;

import io.quarkiverse.procdaemon.runtime.engine.run.Generation;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.time.Excuses;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * Notices that one run gives no heartbeat any more. A heartbeat only raises a flag, so that it costs nothing; the watchdog
 * looks eight times in a time-out whether it is up, and takes it down. A heartbeat counts from when it was seen, so a run is
 * never called hung before its timeout, and at most an eighth of it late; unless a look itself comes late.
 * <p>
 * Looks on the timer's thread and bothers the event loop only to report. {@code next} is written there and read on the event
 * loop; a
 * look that is under way while it is cancelled may schedule one more, which then finds {@code cancelled}.
 */
final class Watchdog {

    private static final int LOOKS = 8;

    private final Generation generation;
    private final Duration timeout;
    private final Duration period;
    private final Platform platform;
    private final Runnable hung;
    private final Excuses excuses = new Excuses();
    private long seen;
    private long due;
    private volatile boolean cancelled;
    private volatile Timer.Timeout next;

    /**
     * @param timeout how old the last heartbeat may be
     * @param hung called once, on the timer's thread, when it is older
     */
    Watchdog(Generation generation, Duration timeout, Platform platform, Runnable hung) {
        this.generation = generation;
        this.timeout = timeout;
        this.period = Duration.ofNanos(Nanos.of(timeout) / LOOKS + 1);
        this.platform = platform;
        this.hung = hung;
    }

    /** Begins to look. */
    Watchdog watching() {
        seen = platform.ticker().nanos();
        lookLater(period);
        return this;
    }

    Duration timeout() {
        return timeout;
    }

    /** Looks no more; may call {@code hung} all the same if it was about to. */
    void cancel() {
        cancelled = true;
        next.cancel();
    }

    boolean isCancelled() {
        return cancelled;
    }

    private void look() {
        if (cancelled) {
            return;
        }
        long now = platform.ticker().nanos();
        if (generation.takeHeartbeat()) {
            seen = now;
            excuses.alive();
        } else if (excuses.accept(now - due, Nanos.of(timeout))) {
            seen = now;
        }
        long left = Nanos.of(timeout) - (now - seen);
        if (left > 0) {
            lookLater(left < period.toNanos() ? Duration.ofNanos(left) : period);
        } else {
            hung.run();
        }
    }

    private void lookLater(Duration delay) {
        due = platform.ticker().nanos() + Nanos.of(delay);
        next = platform.timer().schedule(this::look, delay);
    }
}
