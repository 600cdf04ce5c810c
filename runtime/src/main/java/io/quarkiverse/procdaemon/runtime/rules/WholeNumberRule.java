package io.quarkiverse.procdaemon.runtime.rules;

import java.math.BigInteger;

/**
 * A whole number.
 *
 * @param least the smallest it may be
 * @param most the largest it may be
 * @param otherwise what to say of others; null for the limit that it exceeds
 */
record WholeNumberRule(int least, int most, String otherwise) implements Rule {

    WholeNumberRule(int least) {
        this(least, Integer.MAX_VALUE, null);
    }

    @Override
    public String objection(String value) {
        BigInteger number;
        try {
            number = new BigInteger(value.trim());
        } catch (NumberFormatException malformed) {
            return "is not a whole number; correct it or remove the key";
        }
        boolean tooSmall = number.compareTo(BigInteger.valueOf(least)) < 0;
        boolean tooLarge = number.compareTo(BigInteger.valueOf(most)) > 0;
        if (otherwise != null) {
            return tooSmall || tooLarge ? otherwise : null;
        }
        if (tooSmall) {
            return "must be at least " + least + "; raise it or remove the key";
        }
        return tooLarge ? "must be at most " + most + "; lower it or remove the key" : null;
    }

    @Override
    public String legal() {
        return String.valueOf(Math.max(least, 1));
    }
}
