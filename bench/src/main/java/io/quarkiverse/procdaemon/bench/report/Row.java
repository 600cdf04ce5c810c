package io.quarkiverse.procdaemon.bench.report;

/**
 * What is measured for one n or several.
 *
 * @param operation what is timed, such as {@code start}; for the raw threads too
 * @param subject whose it is: class and parameters but n, or {@code raw} and its parameters
 * @param kind whose it is, roughly
 */
record Row(String operation, String subject, Kind kind) {

    enum Kind {
        OURS,
        RAW,
        PEER
    }

    private static final String RAW = "Raw";
    private static final String PEERS = ".peers.";

    /** The row of a benchmark, {@code package.Class.method}. */
    static Row of(String benchmark, String parameters) {
        String[] names = benchmark.split("\\.");
        String method = names[names.length - 1];
        String owner = names[names.length - 2];
        String suffix = parameters.isEmpty() ? "" : " " + parameters;
        if (method.endsWith(RAW)) {
            return new Row(method.substring(0, method.length() - RAW.length()), "raw" + suffix, Kind.RAW);
        }
        return new Row(method, owner.replaceFirst("Benchmark$", "") + suffix,
                benchmark.contains(PEERS) ? Kind.PEER : Kind.OURS);
    }

    String title() {
        return operation + " " + subject;
    }
}
