package io.quarkiverse.procdaemon.bench;

import java.util.Arrays;

/** Numbers that were measured; all the same unit. */
public final class Sample {

    private final double[] sorted;

    private Sample(double[] sorted) {
        this.sorted = sorted;
    }

    /** A sample of at least one number. */
    public static Sample of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Sample(sorted);
    }

    /** Half of the numbers are not greater. */
    public double median() {
        return quantile(0.5);
    }

    /**
     * Interpolated between the two numbers next to it.
     *
     * @param fraction how many of the numbers are not greater, from 0 to 1
     */
    public double quantile(double fraction) {
        double position = fraction * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
