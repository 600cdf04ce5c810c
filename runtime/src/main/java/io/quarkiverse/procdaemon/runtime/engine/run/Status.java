package io.quarkiverse.procdaemon.runtime.engine.run;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.loop.LoopClock;

/**
 * The changing part of what is known of a subsystem; immutable, so that a reader sees all of one moment.
 *
 * @param state where it is in its life
 * @param generation the current or last run, 0 before the first
 * @param at when it entered the state, in nanoseconds since the epoch
 * @param restarts how often it was started again by itself
 * @param failures how often it failed
 * @param lastFailure the last one, or null
 * @param lastThrown what may be handed on of it, or null
 * @param healthy what its probe said last
 * @param took how many nanoseconds it was STOPPING the last time, zero if it never was
 * @param budget what its restarts have used of their budget
 * @param nextAttempt while RESTARTING: when it is to start again, in nanoseconds since the epoch
 */
public record Status(SubsystemState state, long generation, long at, int restarts, int failures,
        @Nullable Failure lastFailure, @Nullable Throwable lastThrown, boolean healthy, long took, RestartBudget budget,
        long nextAttempt) {

    /** Before anything has happened. */
    public Status(long now) {
        this(SubsystemState.REGISTERED, 0, now, 0, 0, null, null, true, 0, RestartBudget.UNUSED, 0);
    }

    /** When it entered the state. */
    public Instant since() {
        return LoopClock.instant(at);
    }

    /** It has entered another state. */
    public Status to(SubsystemState next, long now) {
        return new Status(next, generation, now, restarts, failures, lastFailure, lastThrown, healthy, took, budget, 0);
    }

    /** A new run begins. */
    public Status nextGeneration(long now) {
        return new Status(SubsystemState.STARTING, generation + 1, now, restarts, failures, lastFailure, lastThrown, true, 0,
                budget, 0);
    }

    /** Its run has failed and is to be cleaned up. */
    public Status failed(Failure failure, Throwable thrown) {
        long stopping = state == SubsystemState.STOPPING ? at : LoopClock.sinceEpoch(failure.at());
        return new Status(SubsystemState.STOPPING, generation, stopping, restarts, failures + 1, failure, thrown, healthy,
                took, budget, 0);
    }

    /** It is to start again after a delay. */
    public Status restarting(long now, Duration delay, RestartBudget spent) {
        return new Status(SubsystemState.RESTARTING, generation, now, restarts + 1, failures, lastFailure, lastThrown, healthy,
                took, spent, now + delay.toNanos());
    }

    /** Its health has changed. */
    public Status withHealthy(boolean value) {
        return new Status(state, generation, at, restarts, failures, lastFailure, lastThrown, value, took, budget,
                nextAttempt);
    }

    /** The use of its budget has changed. */
    public Status withBudget(RestartBudget value) {
        return new Status(state, generation, at, restarts, failures, lastFailure, lastThrown, healthy, took, value,
                nextAttempt);
    }

    /** It is down. */
    public Status down(SubsystemState next, long now, long value) {
        return new Status(next, generation, now, restarts, failures, lastFailure, lastThrown, healthy, value, budget, 0);
    }
}
