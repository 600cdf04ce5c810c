package io.quarkiverse.procdaemon.runtime.engine.run;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.loop.TimerQueue;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * Notices that one run gives no heartbeat any more. A heartbeat only raises a flag, so that it costs nothing; this looks eight
 * times in a timeout whether it is up, and takes it down. A heartbeat counts from when it was seen, so a run is never called
 * hung before its timeout, and at most an eighth of it late; unless a look itself comes late. Confined to the event loop, but
 * for {@link #age}.
 */
public final class HeartbeatMonitor {

    private static final int LOOKS = 8;

    private final Run run;
    private final Duration timeout;
    private final Clock clock;
    private final EventLoop<Message> loop;
    private final TimerQueue.Excuses excuses = new TimerQueue.Excuses();
    private volatile long seen;
    private TimerQueue.@Nullable Timeout<Message> next;

    /**
     * Begins to look.
     *
     * @param timeout how old the last heartbeat may be
     */
    public HeartbeatMonitor(Run run, Duration timeout, Clock clock, EventLoop<Message> loop) {
        this.run = run;
        this.timeout = timeout;
        this.clock = clock;
        this.loop = loop;
        this.seen = clock.nanos();
        lookIn(Long.MAX_VALUE);
    }

    /** How old the last heartbeat may be. */
    public Duration timeout() {
        return timeout;
    }

    /**
     * How old the last heartbeat is, exact to an eighth of the timeout. Zero while the body waits for the stop or the next
     * call.
     * Any thread may call this.
     */
    public Duration age() {
        return run.context().signal().hasHeartbeat() ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, clock.nanos() - seen));
    }

    /** Stops looking. */
    public void end() {
        next.cancel();
    }

    /** It is time to look: whether the run counts as hung. */
    public boolean isHung() {
        long now = clock.nanos();
        if (run.context().signal().takeHeartbeat()) {
            seen = now;
            excuses.alive();
        } else if (excuses.accept(now - next.due(), Durations.nanos(timeout))) {
            seen = now;
        }
        long left = Durations.nanos(timeout) - (now - seen);
        if (left <= 0) {
            return true;
        }
        lookIn(left);
        return false;
    }

    private void lookIn(long nanosAtMost) {
        long period = Durations.nanos(timeout) / LOOKS + 1;
        next = loop.at(clock.nanos() + Math.min(period, nanosAtMost), new Message.HeartbeatDue(run));
    }
}
