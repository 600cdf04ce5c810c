package io.quarkiverse.procdaemon.bench.report;

/**
 * What one benchmark took for one n.
 *
 * @param row what was measured
 * @param n how many; 0 if the benchmark has no such parameter
 * @param median of all that was measured
 * @param error half of the interval around the mean of the iterations' medians, at 99.9%; not a number below three iterations
 * @param unit of both
 */
record Figure(Row row, int n, double median, double error, String unit) {

    /** Whether the other is the same measurement, of another run. */
    boolean isOf(Figure other) {
        return row.equals(other.row) && n == other.n;
    }
}
