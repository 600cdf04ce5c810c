package io.quarkiverse.procdaemon.runtime.rules;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.time.Durations;
import io.quarkus.runtime.configuration.DurationConverter;

/**
 * A duration.
 *
 * @param mayBeZero whether zero is allowed
 * @param longest the longest allowed duration, in whole days
 */
record DurationRule(boolean mayBeZero, Duration longest) implements Rule {

    @Override
    public @Nullable String objection(String value) {
        Duration duration = parsed(value);
        if (duration == null) {
            return "is not a duration; write it as in 500ms, 30s, 5m or PT1H30M";
        }
        if (duration.isNegative() && mayBeZero) {
            return "must not be negative; raise it or remove the key";
        }
        if (duration.isNegative() || duration.isZero() && !mayBeZero) {
            return "must be greater than zero; raise it or remove the key";
        }
        return duration.compareTo(longest) > 0 ? "must be at most " + text(longest) + "; lower it" : null;
    }

    @Override
    public String legal() {
        return "1s";
    }

    @Override
    public String shown(String value) {
        Duration duration = parsed(value);
        return duration == null || duration.isNegative() ? value.trim() : text(duration);
    }

    /** Null if it is malformed. */
    static @Nullable Duration parsed(String value) {
        try {
            return DurationConverter.parseDuration(value.trim());
        } catch (RuntimeException malformed) {
            return null;
        }
    }

    private static String text(Duration duration) {
        long days = duration.toDays();
        return days > 0 && duration.equals(Duration.ofDays(days)) ? days + (days == 1 ? " day" : " days")
                : Durations.text(duration);
    }
}
