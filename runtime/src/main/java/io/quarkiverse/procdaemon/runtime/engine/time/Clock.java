package io.quarkiverse.procdaemon.runtime.engine.time;

import java.time.Instant;

/** A source of time. */
public interface Clock {

    /** The clock of the system. */
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

    /** Nanoseconds since some fixed moment, monotonic; for measuring. May be negative. */
    long nanos();

    /** The time of day, for human readers. */
    Instant now();
}
