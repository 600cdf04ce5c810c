package io.quarkiverse.procdaemon.bench.compare;

import java.util.Arrays;
import java.util.List;

/** Medians, quartiles, and the growth with n. */
final class Statistics {

    private Statistics() {
    }

    /** What a quarter, half and three quarters of at least one value do not exceed. */
    record Quartiles(double lower, double median, double upper) {

        static Quartiles of(double... values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return new Quartiles(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
        }

        /** Interpolated between the two values next to it. */
        private static double quantile(double[] sorted, double fraction) {
            double position = fraction * (sorted.length - 1);
            int below = (int) position;
            int above = Math.min(below + 1, sorted.length - 1);
            return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
        }
    }

    /** One size and what it took. */
    record Point(int n, double median) {
    }

    /**
     * The exponent with which the median grows with n: the slope of the line of least squares through the logarithms. Not a
     * number unless there are two different n.
     */
    static double exponent(List<Point> points) {
        double meanX = points.stream().mapToDouble(point -> Math.log(point.n())).average().orElse(Double.NaN);
        double meanY = points.stream().mapToDouble(point -> Math.log(point.median())).average().orElse(Double.NaN);
        double covariance = 0;
        double variance = 0;
        for (Point point : points) {
            double x = Math.log(point.n()) - meanX;
            covariance += x * (Math.log(point.median()) - meanY);
            variance += x * x;
        }
        return covariance / variance;
    }
}
