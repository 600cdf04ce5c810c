package io.quarkiverse.procdaemon.bench.process;

import java.util.Locale;

import io.quarkiverse.procdaemon.bench.Sample;

/** What a quarter, half and three quarters of the measurements do not exceed. */
public record Quartiles(double lower, double median, double upper) {

    /** Of at least one measurement. */
    public static Quartiles of(double... values) {
        Sample sample = Sample.of(values);
        return new Quartiles(sample.quantile(0.25), sample.median(), sample.quantile(0.75));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f [%.1f %.1f]", median, lower, upper);
    }
}
