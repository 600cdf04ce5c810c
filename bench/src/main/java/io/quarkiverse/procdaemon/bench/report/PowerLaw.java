package io.quarkiverse.procdaemon.bench.report;

import java.util.List;

/** The line of least squares through the logarithms of n and time: time grows as n to the power of its slope. */
final class PowerLaw {

    private PowerLaw() {
    }

    /** The exponent; not a number unless there are two different n. */
    static double exponent(List<Figure> figures) {
        double meanX = figures.stream().mapToDouble(PowerLaw::x).average().orElse(Double.NaN);
        double meanY = figures.stream().mapToDouble(PowerLaw::y).average().orElse(Double.NaN);
        double covariance = figures.stream().mapToDouble(each -> (x(each) - meanX) * (y(each) - meanY)).sum();
        double variance = figures.stream().mapToDouble(each -> (x(each) - meanX) * (x(each) - meanX)).sum();
        return covariance / variance;
    }

    private static double x(Figure figure) {
        return Math.log(figure.n());
    }

    private static double y(Figure figure) {
        return Math.log(figure.median());
    }
}
