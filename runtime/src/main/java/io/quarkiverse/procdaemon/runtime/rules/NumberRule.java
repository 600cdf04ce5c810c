package io.quarkiverse.procdaemon.runtime.rules;

import java.math.BigInteger;

import org.jspecify.annotations.Nullable;

/**
 * A number.
 *
 * @param whole whether it must be a whole number
 * @param least the smallest allowed value
 * @param most the largest allowed value
 * @param otherwise the objection to any other value; null to name the limit that it exceeds
 */
record NumberRule(boolean whole, double least, double most, @Nullable String otherwise) implements Rule {

    /** A whole number without an upper limit. */
    static NumberRule atLeast(int least) {
        return new NumberRule(true, least, Integer.MAX_VALUE, null);
    }

    @Override
    public @Nullable String objection(String value) {
        double number;
        try {
            number = whole ? new BigInteger(value.trim()).doubleValue() : Double.parseDouble(value.trim());
        } catch (NumberFormatException malformed) {
            number = Double.NaN;
        }
        if (Double.isNaN(number)) {
            return "is not a " + (whole ? "whole " : "") + "number; correct it or remove the key";
        }
        if (number >= least && number <= most) {
            return null;
        }
        if (otherwise != null) {
            return otherwise;
        }
        return number < least ? "must be at least " + text(least) + "; raise it or remove the key"
                : "must be at most " + text(most) + "; lower it or remove the key";
    }

    private static String text(double limit) {
        return limit == Math.rint(limit) ? String.valueOf((long) limit) : String.valueOf(limit);
    }

    @Override
    public String legal() {
        return "1";
    }
}
