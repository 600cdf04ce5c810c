package io.quarkiverse.procdaemon.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownReason;

/**
 * A transition of one subsystem. Observe it with CDI ({@code @Observes SubsystemEvent.Failed}), or subscribe to
 * {@link io.quarkiverse.procdaemon.Daemon#events()}. Observers are called one event at a time on a thread of the daemon; a
 * slow one delays later events and the log, but never the subsystems.
 */
public sealed interface SubsystemEvent {

    /** The name of the record, such as {@code Started}, for JSON. */
    default String getType() {
        return getClass().getSimpleName();
    }

    /** The number of the event: from 1, without gaps, in the order in which all events of the daemon happened. */
    long sequence();

    /** The name of the subsystem. */
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

    /** It waits until the dependencies named are RUNNING. */
    record Waiting(long sequence, String subsystem, long generation, Instant at,
            List<String> waitingFor) implements SubsystemEvent {
    }

    /** Its start has begun. */
    record Starting(long sequence, String subsystem, long generation, Instant at) implements SubsystemEvent {
    }

    /** It is RUNNING, {@code took} after {@link Starting}. */
    record Started(long sequence, String subsystem, long generation, Instant at, Duration took) implements SubsystemEvent {
    }

    /**
     * It has failed. A separate event says what happens next. {@code outage} says whether something that it needs is
     * unavailable,
     * see {@link OutageBegan}.
     */
    record Failed(long sequence, String subsystem, long generation, Instant at, Failure failure,
            boolean outage) implements SubsystemEvent {

        /** One that is no outage. */
        public Failed(long sequence, String subsystem, long generation, Instant at, Failure failure) {
            this(sequence, subsystem, generation, at, failure, false);
        }
    }

    /** It will be restarted after {@code delay}; {@code attempt} counts from 1 since it was last stable. */
    record Restarting(long sequence, String subsystem, long generation, Instant at, Duration delay,
            int attempt) implements SubsystemEvent {
    }

    /**
     * It failed permanently, the last time with {@code failure}, and stays FAILED until it is started through the API.
     * {@code reason} says in words why it is not restarted.
     */
    record GaveUp(long sequence, String subsystem, long generation, Instant at, Failure failure,
            String reason) implements SubsystemEvent {
    }

    /** It was asked to stop, with this reason. */
    record Stopping(long sequence, String subsystem, long generation, Instant at,
            ShutdownReason reason) implements SubsystemEvent {
    }

    /** It has stopped cleanly, {@code took} after {@link Stopping}. */
    record Stopped(long sequence, String subsystem, long generation, Instant at, Duration took) implements SubsystemEvent {
    }

    /**
     * It did not stop in time. First with {@code abandoned} false: its threads were interrupted, {@code took} after
     * {@link Stopping}. Then, if that did not help, with {@code abandoned} true: the stop continues without it; {@link Failed},
     * with the stack trace of the hanging thread, and {@link GaveUp} follow.
     */
    record StopTimedOut(long sequence, String subsystem, long generation, Instant at, Duration took,
            boolean abandoned) implements SubsystemEvent {
    }

    /** Its health changed; {@code reason} says why it is unhealthy, and is empty if it is healthy. */
    record HealthChanged(long sequence, String subsystem, long generation, Instant at, boolean healthy,
            String reason) implements SubsystemEvent {
    }

    /**
     * Something outside of the daemon that it needs has become unavailable, as {@code reason} says; {@link Failed} follows.
     * Until
     * {@link OutageEnded} it is restarted with its back-off, and these restarts are not counted.
     */
    record OutageBegan(long sequence, String subsystem, long generation, Instant at,
            String reason) implements SubsystemEvent {
    }

    /**
     * The outage is over, {@code took} after {@link OutageBegan}: what it needs is available again, or, if {@code recovered} is
     * false, it has been stopped or has failed permanently before that.
     */
    record OutageEnded(long sequence, String subsystem, long generation, Instant at, Duration took,
            boolean recovered) implements SubsystemEvent {
    }
}
