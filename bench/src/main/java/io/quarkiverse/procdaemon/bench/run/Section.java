package io.quarkiverse.procdaemon.bench.run;

/** A part of the run. */
public interface Section {

    /** What it measures. */
    String title();

    /** About how long it takes. */
    double seconds();

    /**
     * Measures; prints how it goes.
     *
     * @param results where to add what comes out
     * @param clock of the whole run
     * @throws Exception if anything of it cannot be measured
     */
    void run(Results results, Clock clock) throws Exception;
}
