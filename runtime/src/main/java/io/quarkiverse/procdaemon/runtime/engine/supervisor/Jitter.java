package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.SplittableRandom;

/** Chance, so that what failed together does not come back all at once. */
@FunctionalInterface
public interface Jitter {

    /** A number from 0, included, to 1, excluded. Called by one thread at a time. */
    double next();

    /** Chance of this JVM. */
    static Jitter random() {
        return new SplittableRandom()::nextDouble;
    }
}
