package io.quarkiverse.procdaemon.runtime.rules;

/**
 * A number that need not be whole.
 *
 * @param least the smallest it may be
 * @param most the largest it may be
 * @param otherwise what to say of others; null for the limit that it exceeds
 */
record DecimalRule(double least, double most, String otherwise) implements Rule {

    @Override
    public String objection(String value) {
        double number;
        try {
            number = Double.parseDouble(value.trim());
        } catch (NumberFormatException malformed) {
            number = Double.NaN;
        }
        if (Double.isNaN(number)) {
            return "is not a number; correct it or remove the key";
        }
        if (otherwise != null) {
            return number < least || number > most ? otherwise : null;
        }
        if (number < least) {
            return "must be at least " + text(least) + "; raise it or remove the key";
        }
        return number > most ? "must be at most " + text(most) + "; lower it or remove the key" : null;
    }

    private static String text(double bound) {
        return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
    }

    @Override
    public String legal() {
        return "1";
    }
}
