package io.quarkiverse.procdaemon.runtime.engine.time;

import java.time.Instant;

/** What time it is. */
public interface Ticker {

    /** The time of the running system. */
    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }
    };

    /** Nanoseconds since some fixed moment, never going back; for measuring. May be negative. */
    long nanos();

    /** The time of day, for people. */
    Instant now();
}
