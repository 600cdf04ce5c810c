package io.quarkiverse.procdaemon.bench.compare;

/**
 * What a run says of one subject of one benchmark.
 *
 * @param group the benchmark's class
 * @param benchmark its method, with the unit, or its counter
 * @param parameters all but {@code n} and {@code subject}
 * @param n how many; 0 if the benchmark has no such parameter
 * @param subject what was measured; empty if the benchmark has no such parameter
 * @param values one for each iteration, in the order of the forks: of samples their median
 * @param p99 what 99% of all samples do not exceed; not a number without samples
 * @param bytes allocated by a call; not a number if that was not measured
 */
record Row(String group, String benchmark, String parameters, int n, String subject, double[] values, double p99,
        double bytes) {

    /** Whether the other has the same conditions, and so can be compared in the same run. */
    boolean isBeside(Row other) {
        return group.equals(other.group) && benchmark.equals(other.benchmark) && parameters.equals(other.parameters)
                && n == other.n;
    }

    boolean isSame(Row other) {
        return isBeside(other) && subject.equals(other.subject);
    }
}
