package io.quarkiverse.procdaemon.runtime.rules;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SecretKeys;
import io.smallrye.config.SmallRyeConfig;

/**
 * The time between two calls, as in {@link io.quarkiverse.procdaemon.Run#every()}: a duration, {@code off}, or a key, possibly
 * with a default.
 *
 * @param key its key; null if it is always the same
 * @param text the value, or the default of the key; null if there is none
 */
public record IntervalExpression(@Nullable String key, @Nullable String text) {

    private static final String OFF = "off";
    private static final Duration LONGEST = Duration.ofDays(10_000);
    private static final String EXAMPLES = "write it as in 500ms, 30s, 5m or PT1H30M";
    private static final Pattern OF_KEY = Pattern.compile("\\{\\s*([^{}:$\\s]+)\\s*(?::([^{}]*))?}");
    private static final int SHOWN = 100;

    /**
     * Reads what stands in the code.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong and what to do
     */
    public static IntervalExpression of(String every) {
        String text = every.trim();
        String where = "the interval \"" + PlainText.cut(PlainText.escape(every), SHOWN) + "\" ";
        Matcher matcher = OF_KEY.matcher(text);
        if (matcher.matches()) {
            check(where + "has a default that ", matcher.group(2));
            return new IntervalExpression(matcher.group(1), matcher.group(2));
        } else if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw new IllegalArgumentException(
                    where + "is malformed; write a key and nothing else, as in {poll.interval} or {poll.interval:30s}");
        }
        check(where, text);
        return new IntervalExpression(null, text);
    }

    private static void check(String where, @Nullable String value) {
        String objection = value == null ? null : objection(value);
        if (objection != null) {
            throw new IllegalArgumentException(where + objection);
        }
    }

    /**
     * The interval in a configuration; null if it is off.
     *
     * @throws IllegalArgumentException with a sentence that begins with the key and says what is wrong and what to do, but not
     *         the value, which may be a secret
     */
    public @Nullable Duration in(SmallRyeConfig config) {
        String value = key == null ? text : value(config, key);
        if (value == null) {
            throw new IllegalArgumentException(
                    key + " has no value; set it, or give it a default where it is used, as in {" + key + ":30s}");
        }
        String objection = objection(value);
        if (objection != null) {
            throw new IllegalArgumentException(key + " " + objection);
        }
        return isOff(value) ? null : DurationRule.parsed(value);
    }

    private @Nullable String value(SmallRyeConfig config, String name) {
        ConfigValue written;
        try {
            written = SecretKeys.doUnlocked(() -> config.getConfigValue(name));
        } catch (RuntimeException unreadable) {
            throw new IllegalArgumentException(name + " cannot be read; correct its value");
        }
        if (written.getValue() == null && written.hasProblems()) {
            throw new IllegalArgumentException(name + " uses a value that is not set; set that or remove the key");
        }
        return written.getValue() == null ? text : written.getValue();
    }

    /** What is wrong with a value: the end of a sentence; null if it is valid. */
    private static @Nullable String objection(String value) {
        if (value.isBlank()) {
            return "is empty; " + EXAMPLES + ", or 'off' for no calls";
        } else if (isOff(value)) {
            return null;
        }
        Duration duration = DurationRule.parsed(value);
        if (duration == null) {
            return "is not a duration; " + EXAMPLES + ", or 'off' for no calls";
        } else if (duration.isNegative() || duration.isZero()) {
            return "is not greater than zero; raise it, or write 'off' for no calls";
        }
        return duration.compareTo(LONGEST) > 0 ? "is more than 10000 days; lower it, or write 'off' for no calls" : null;
    }

    private static boolean isOff(String value) {
        return value.trim().equalsIgnoreCase(OFF);
    }
}
