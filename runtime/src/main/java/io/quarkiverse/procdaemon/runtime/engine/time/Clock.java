package io.quarkiverse.procdaemon.runtime.engine.time;

import java.time.Instant;

/** What time it is. */
public interface Clock {

    /** The time of the running system. */
    Clock SYSTEM = new Clock() {
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
