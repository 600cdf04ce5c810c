package io.quarkiverse.procdaemon.runtime.systemd;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * When the watchdog of systemd is to get its next message, and whether it gets it. One that is late by itself, as after a
 * suspension of the machine or the process, proves nothing about the daemon, which gets until the next one to recover.
 */
final class Watchdog {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");
    private static final long NEVER = TimeUnit.MINUTES.toNanos(10);
    /** More than a loaded machine delays a thread, as a rule. */
    private static final long LATE = TimeUnit.SECONDS.toNanos(2);

    /** How long systemd waits; {@link WatchdogInterval#NONE} if it does not. */
    private final long interval;
    private long next;
    private boolean excused;
    private boolean withheld;

    Watchdog(long interval, long now) {
        this.interval = interval;
        this.next = now;
    }

    boolean isDue(long now) {
        return interval != WatchdogInterval.NONE && now - next >= 0;
    }

    /** For how long none is due. */
    long idle(long now) {
        return interval == WatchdogInterval.NONE ? NEVER : next - now;
    }

    /**
     * Whether to send one now, when it is due.
     *
     * @param ailment why the daemon does not count as alive
     */
    boolean isSatisfied(long now, Optional<String> ailment) {
        excused = !excused && now - next >= LATE;
        next = now + interval / 2;
        if (ailment.isPresent() && !excused) {
            if (!withheld) {
                withheld = true;
                LOG.errorf(
                        "The watchdog of systemd gets no more messages, because %s; systemd kills this process within %s and,"
                                + " with Restart=on-failure, starts it again",
                        ailment.get(),
                        Durations.text(Duration.ofNanos(interval)));
            }
            return false;
        }
        if (withheld && ailment.isEmpty()) {
            withheld = false;
            LOG.info("The watchdog of systemd gets messages again");
        }
        return true;
    }
}
