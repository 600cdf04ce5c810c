package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

import java.time.Instant;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemState;

/**
 * The changing part of what is known of a subsystem; immutable, so that a reader sees all of one moment.
 *
 * @param state where it is in its life
 * @param generation the current or last run, 0 before the first
 * @param since when it entered the state
 * @param restarts how often it was started again by itself
 * @param failures how often it failed
 * @param lastFailure the last one, or null
 * @param healthy what its probe said last
 * @param took how many nanoseconds it was STOPPING the last time, zero if it never was
 */
public record Status(SubsystemState state, long generation, Instant since, int restarts, int failures,
        Failure lastFailure, boolean healthy, long took) {

    Status to(SubsystemState next, Instant at) {
        return new Status(next, generation, at, restarts, failures, lastFailure, healthy, took);
    }

    Status nextGeneration(Instant at) {
        return new Status(SubsystemState.STARTING, generation + 1, at, restarts, failures, lastFailure, true, 0);
    }

    Status failed(Failure failure) {
        Instant stopping = state == SubsystemState.STOPPING ? since : failure.at();
        return new Status(SubsystemState.STOPPING, generation, stopping, restarts, failures + 1, failure, healthy, took);
    }

    Status restarting(Instant at) {
        return new Status(SubsystemState.RESTARTING, generation, at, restarts + 1, failures, lastFailure, healthy, took);
    }

    Status withHealthy(boolean value) {
        return new Status(state, generation, since, restarts, failures, lastFailure, value, took);
    }

    Status down(SubsystemState next, Instant at, long value) {
        return new Status(next, generation, at, restarts, failures, lastFailure, healthy, value);
    }
}
