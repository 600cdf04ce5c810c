package io.quarkiverse.procdaemon.runtime.engine.time;

import java.time.Duration;

/**
 * A moment that several waits share: each takes the time that is left, so their sum cannot exceed it.
 *
 * @param clock the clock that measures it
 * @param nanos the moment, on that clock
 */
public record Deadline(Clock clock, long nanos) {

    /** The deadline so far ahead of now. */
    public static Deadline after(Clock clock, Duration duration) {
        return new Deadline(clock, clock.nanos() + Durations.nanos(duration));
    }

    /** The time left, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanos - clock.nanos()));
    }
}
