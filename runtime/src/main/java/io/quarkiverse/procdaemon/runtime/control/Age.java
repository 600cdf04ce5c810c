package io.quarkiverse.procdaemon.runtime.control;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, as people read it: the two largest units. */
final class Age {

    private Age() {
    }

    /** {@code 12s}, {@code 4m 10s}, {@code 3h 20m}, {@code 5d 4h}. */
    static String of(Instant moment) {
        return text(Duration.between(moment, Instant.now()));
    }

    static String text(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        } else if (seconds < 3_600) {
            return two(seconds / 60, "m", seconds % 60, "s");
        } else if (seconds < 86_400) {
            return two(seconds / 3_600, "h", seconds % 3_600 / 60, "m");
        }
        return two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
    }
}
