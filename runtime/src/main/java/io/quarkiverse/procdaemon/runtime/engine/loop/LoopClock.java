package io.quarkiverse.procdaemon.runtime.engine.loop;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.procdaemon.runtime.engine.time.Clock;

/**
 * The moment of what is being done: read when a message is begun, so that all that follows from it is of one moment. Never goes
 * back. Confined to the event loop.
 */
public final class LoopClock {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** To read a clock takes as long as a tenth of a step, and more on some machines. */
    private static final int STEPS = 64;

    private final Clock clock;
    private int steps;
    private long nanos;
    private long lookedAt;
    private long epochNanos;

    /** The moment it is made, to begin with. */
    public LoopClock(Clock clock) {
        this.clock = clock;
        nanos = clock.nanos();
        lookAtWallClock();
    }

    /** Returns {@link #nanos()}. */
    public long read() {
        steps = 0;
        nanos = clock.nanos();
        if (nanos - lookedAt >= SECOND) {
            lookAtWallClock();
        }
        return nanos;
    }

    /** Another of the many short steps of a long message begins: reads it again after so many of them. */
    public void step() {
        if (++steps == STEPS) {
            read();
        }
    }

    // It costs more than the clock, so it is looked at once in a second, and followed when it is set.
    private void lookAtWallClock() {
        lookedAt = nanos;
        epochNanos = sinceEpoch(clock.now());
    }

    /** On the clock. */
    public long nanos() {
        return nanos;
    }

    /** In nanoseconds since the epoch, which are good until 2262. */
    public long sinceEpoch() {
        return epochNanos + (nanos - lookedAt);
    }

    /** For people. */
    public Instant instant() {
        return instant(sinceEpoch());
    }

    /** As nanoseconds since the epoch. */
    public static long sinceEpoch(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano();
    }

    /** The other way round. */
    public static Instant instant(long sinceEpoch) {
        return Instant.EPOCH.plusNanos(sinceEpoch);
    }
}
