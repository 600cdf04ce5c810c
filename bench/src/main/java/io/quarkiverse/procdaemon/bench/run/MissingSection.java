package io.quarkiverse.procdaemon.bench.run;

/**
 * A section that cannot be measured.
 *
 * @param title what it would have measured
 * @param wayOut what to do, so that it can
 */
public record MissingSection(String title, String wayOut) implements Section {

    @Override
    public double seconds() {
        return 0;
    }

    @Override
    public void run(Results results, Clock clock) {
        clock.print(wayOut);
    }
}
