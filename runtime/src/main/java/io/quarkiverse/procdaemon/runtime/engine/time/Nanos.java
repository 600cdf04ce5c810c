package io.quarkiverse.procdaemon.runtime.engine.time;

import java.time.Duration;

/**
 * Durations as numbers of nanoseconds, for arithmetic on a {@link Clock}. A duration of more than 73 years counts as 73 years,
 * a
 * quarter of the range, so that neither the sum nor the difference of two such moments can overflow.
 */
public final class Nanos {

    private static final long MOST = Long.MAX_VALUE / 4;
    private static final Duration LONGEST = Duration.ofNanos(MOST);
    private static final Duration SHORTEST = LONGEST.negated();

    private Nanos() {
    }

    /** From -{@code MOST} to {@code MOST}; never throws, and allocates nothing, so that it works without free memory. */
    public static long of(Duration duration) {
        if (duration.compareTo(LONGEST) > 0) {
            return MOST;
        }
        return duration.compareTo(SHORTEST) < 0 ? -MOST : duration.toNanos();
    }

    /** The sum, limited in the same way; never throws. */
    public static Duration sum(Duration one, Duration other) {
        return Duration.ofNanos(Math.max(-MOST, Math.min(MOST, of(one) + of(other))));
    }
}
