package io.quarkiverse.procdaemon.bench.run;

import java.util.concurrent.Callable;

/**
 * A section that measures by itself.
 *
 * @param title what it measures
 * @param key under which its rows stand in the results, beside those of others
 * @param seconds about how long it takes
 * @param measure gives an array or list of rows
 */
public record RowSection(String title, String key, double seconds, Callable<?> measure) implements Section {

    @Override
    public void run(Results results, Clock clock) throws Exception {
        results.addRows(key, measure.call());
    }
}
