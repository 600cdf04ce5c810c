package io.quarkiverse.procdaemon.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownReason;

/**
 * A transition of one subsystem. Observe it with CDI ({@code @Observes SubsystemEvent.Failed}), or subscribe to
 * {@link io.quarkiverse.procdaemon.Daemon#events()}. Observers are called one event after the other on a thread of the daemon;
 * a slow one delays later events to observers and the log, never the subsystems.
 */
public sealed interface SubsystemEvent {

    /** The name of the record, such as {@code Started}, as it stands in JSON. */
    default String getType() {
        return getClass().getSimpleName();
    }

    /** Numbers all events of the daemon from 1, without a gap, in the order in which they happened. */
    long sequence();

    /** The subsystem's name. */
    String subsystem();

    /** The run it belongs to; 0 before the first. */
    long generation();

    /** When it happened. */
    Instant at();

    /** What a subsystem was doing when it failed. */
    enum Phase {
        /** Its {@code @OnStart}. */
        START,
        /** Its {@code @Run}. */
        RUN,
        /** Its {@code @OnStop}. */
        STOP
    }

    /** Held until the dependencies named are RUNNING. */
    record Waiting(long sequence, String subsystem, long generation, Instant at,
            List<String> waitingFor) implements SubsystemEvent {
    }

    /** Its start began. */
    record Starting(long sequence, String subsystem, long generation, Instant at) implements SubsystemEvent {
    }

    /** It is RUNNING, {@code took} after {@link Starting}. */
    record Started(long sequence, String subsystem, long generation, Instant at, Duration took) implements SubsystemEvent {
    }

    /** It has failed. What comes next has an event of its own. */
    record Failed(long sequence, String subsystem, long generation, Instant at, Failure failure) implements SubsystemEvent {
    }

    /** It will be started again after {@code delay}; {@code attempt} counts from 1 since it was last stable. */
    record Restarting(long sequence, String subsystem, long generation, Instant at, Duration delay,
            int attempt) implements SubsystemEvent {
    }

    /**
     * It failed for good, the last time with {@code failure}: it is FAILED until it is started through the API. {@code reason}
     * says in words why it is not started again.
     */
    record GaveUp(long sequence, String subsystem, long generation, Instant at, Failure failure,
            String reason) implements SubsystemEvent {
    }

    /** It was asked to stop; the reason is the one that its handle gives. */
    record Stopping(long sequence, String subsystem, long generation, Instant at,
            ShutdownReason reason) implements SubsystemEvent {
    }

    /** It has stopped cleanly, {@code took} after {@link Stopping}. */
    record Stopped(long sequence, String subsystem, long generation, Instant at, Duration took) implements SubsystemEvent {
    }

    /**
     * It did not stop in time. First with {@code abandoned} false: its threads were interrupted, {@code took} after
     * {@link Stopping}. Then, if that did not help, with {@code abandoned} true: the others go on without it; {@link Failed},
     * with the stack it hangs in, and {@link GaveUp} follow.
     */
    record StopTimedOut(long sequence, String subsystem, long generation, Instant at, Duration took,
            boolean abandoned) implements SubsystemEvent {
    }

    /** Its health changed; {@code reason} says why it is unhealthy and is empty when it is healthy. */
    record HealthChanged(long sequence, String subsystem, long generation, Instant at, boolean healthy,
            String reason) implements SubsystemEvent {
    }
}
