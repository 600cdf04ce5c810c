package io.quarkiverse.procdaemon.runtime.engine.time;

import java.time.Duration;

/**
 * A moment that many waits share: each takes what is left of it, so that their sum cannot exceed it.
 *
 * @param ticker the time it is measured in
 * @param nanos when it is, on that ticker
 */
public record Deadline(Clock ticker, long nanos) {

    /** The deadline that lies so far ahead of now. */
    public static Deadline after(Clock ticker, Duration duration) {
        return after(ticker, ticker.nanos(), duration);
    }

    /** The deadline that lies so far ahead of {@code now} on the ticker. */
    public static Deadline after(Clock ticker, long now, Duration duration) {
        return new Deadline(ticker, now + Nanos.of(duration));
    }

    /** What is left, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanos - ticker.nanos()));
    }

    /** Whether nothing is left. */
    public boolean isExpired() {
        return nanos - ticker.nanos() <= 0;
    }
}
