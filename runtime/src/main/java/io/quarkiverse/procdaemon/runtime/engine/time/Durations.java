package io.quarkiverse.procdaemon.runtime.engine.time;

import java.time.Duration;

/**
 * Durations as numbers of nanoseconds, for arithmetic on a {@link Clock}, and as people write them: {@code 30s}, {@code 1m30s},
 * {@code 250ms}, {@code 1.204s}. What is longer than 73 years counts as 73 years, a quarter of the range, so that neither a sum
 * of two nor the difference of two such moments can overflow.
 */
public final class Durations {

    private static final long MOST = Long.MAX_VALUE / 4;
    private static final Duration LONGEST = Duration.ofNanos(MOST);
    private static final Duration SHORTEST = Duration.ofNanos(-MOST);

    /** Longer durations are given in days. */
    private static final long LONGEST_DAYS = 10_000;

    private Durations() {
    }

    /** From -{@code MOST} to {@code MOST}; never throws, and allocates nothing, so that it works without free memory. */
    public static long nanos(Duration duration) {
        if (duration.compareTo(LONGEST) > 0) {
            return MOST;
        }
        return duration.compareTo(SHORTEST) < 0 ? -MOST : duration.toNanos();
    }

    /** The sum, limited in the same way; never throws. */
    public static Duration sum(Duration one, Duration other) {
        return Duration.ofNanos(Math.max(-MOST, Math.min(MOST, nanos(one) + nanos(other))));
    }

    /** In milliseconds; shorter ones as {@code <1ms}, very long ones as {@code 20000 days}. Never throws. */
    public static String text(Duration duration) {
        if (Math.abs(duration.toDays()) > LONGEST_DAYS) {
            return duration.toDays() + " days";
        }
        long millis = duration.toMillis();
        if (millis == 0) {
            return duration.isZero() ? "0s" : "<1ms";
        }
        if (millis < 1000) {
            return millis + "ms";
        }
        String minutes = duration.toMinutes() == 0 ? "" : duration.toMinutes() + "m";
        long rest = millis % 60_000;
        if (rest == 0) {
            return minutes;
        }
        String fraction = rest % 1000 == 0 ? "" : "." + String.valueOf(1000 + rest % 1000).substring(1);
        return minutes + rest / 1000 + fraction + "s";
    }
}
