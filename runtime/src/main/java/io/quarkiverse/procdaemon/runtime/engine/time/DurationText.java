package io.quarkiverse.procdaemon.runtime.engine.time;

import java.time.Duration;

/** Durations for human readers: {@code 30s}, {@code 1m30s}, {@code 250ms}, {@code 1.204s}. */
public final class DurationText {

    /** Longer durations are given in days. */
    private static final long LONGEST_DAYS = 10_000;

    private DurationText() {
    }

    /** In milliseconds; shorter ones as {@code <1ms}, very long ones as {@code 20000 days}. Never throws. */
    public static String of(Duration duration) {
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
