package io.quarkiverse.procdaemon.bench;

/**
 * How long something took, many times.
 *
 * @param what from what to what
 * @param n how many are concerned
 * @param rounds how often it was measured
 * @param p50 the median
 * @param p99 what 99% do not exceed
 * @param unit of both
 */
public record Latency(String what, int n, int rounds, double p50, double p99, String unit) {

    /** Of all times measured. */
    public static Latency of(String what, int n, double[] times, String unit) {
        Sample sample = Sample.of(times);
        return new Latency(what, n, times.length, sample.median(), sample.quantile(0.99), unit);
    }

    @Override
    public String toString() {
        return String.format("%-50s %8d %7d | %10.2f %10.2f %s", what, n, rounds, p50, p99, unit);
    }

    /** The titles of what {@link #toString()} gives. */
    private static String titles() {
        return String.format("%-50s %8s %7s | %10s %10s", "", "n", "rounds", "p50", "p99");
    }

    /** Prints rows. */
    public static void print(Iterable<Latency> rows) {
        System.out.println(titles());
        rows.forEach(System.out::println);
    }
}
