package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Instant;
import java.util.OptionalInt;

import io.quarkiverse.procdaemon.ShutdownReason;

/**
 * What began a shutdown; there is one only.
 *
 * @param reason why
 * @param exitCode with what exit code; empty if another decides
 * @param at when
 * @param nanos the same, on the clock
 * @param duringStart whether the daemon had not started yet
 * @param timeouts what holds for it
 * @param isFailure whether something has failed: then the outcome is FAILED, however well the subsystems stop
 */
record ShutdownRequest(ShutdownReason reason, OptionalInt exitCode, Instant at, long nanos, boolean duringStart,
        ShutdownTimeouts timeouts, boolean isFailure) {

    /** The same when another decides the exit code after all. */
    ShutdownRequest withoutExitCode() {
        return new ShutdownRequest(reason, OptionalInt.empty(), at, nanos, duringStart, timeouts, isFailure);
    }
}
