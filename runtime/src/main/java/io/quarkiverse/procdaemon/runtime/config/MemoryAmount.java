package io.quarkiverse.procdaemon.runtime.config;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** An amount of memory in the configuration: in bytes, or in per cent of a whole. */
public final class MemoryAmount {

    private static final Pattern BYTES = Pattern.compile("(\\d{1,15})([KMGTkmgt]?)");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(\\.\\d+)?) ?%");

    private final boolean relative;
    private final double amount;

    private MemoryAmount(boolean relative, double amount) {
        this.relative = relative;
        this.amount = amount;
    }

    /** Null if it is none: a number of bytes from 1 on, or more than 0 and at most 100 per cent. */
    public static @Nullable MemoryAmount parse(String text) {
        Matcher percent = PERCENT.matcher(text.strip());
        if (percent.matches()) {
            double share = Double.parseDouble(percent.group(1));
            return share > 0 && share <= 100 ? new MemoryAmount(true, share / 100) : null;
        }
        Matcher bytes = BYTES.matcher(text.strip());
        if (!bytes.matches()) {
            return null;
        }
        int shift = bytes.group(2).isEmpty() ? 0 : 10 * ("KMGT".indexOf(Character.toUpperCase(bytes.group(2).charAt(0))) + 1);
        long number = Long.parseLong(bytes.group(1));
        return number > 0 && number <= Long.MAX_VALUE >> shift ? new MemoryAmount(false, number << shift) : null;
    }

    /** In bytes; empty if it is a part of a whole that is unknown. */
    public OptionalLong of(OptionalLong whole) {
        if (!relative) {
            return OptionalLong.of((long) amount);
        }
        return whole.isPresent() ? OptionalLong.of((long) (whole.getAsLong() * amount)) : whole;
    }
}
