package io.quarkiverse.procdaemon;

/** Why the daemon, or a single run of a subsystem, is to stop. */
public sealed interface ShutdownReason {

    /** The name of the record, such as {@code Signal}: without it some of them would look alike in JSON. */
    default String getType() {
        return getClass().getSimpleName();
    }

    /** The process received a signal, for example number 15, name {@code TERM}. */
    record Signal(int number, String name) implements ShutdownReason {
    }

    /** Someone asked for it; {@code by} says who, for example {@code Daemon.shutdown()}. */
    record Requested(String by) implements ShutdownReason {
    }

    /** A critical subsystem failed for good, or, where only a run is to stop, this run has failed. */
    record SubsystemFailed(String subsystem, Failure failure) implements ShutdownReason {
    }

    /** A resource limit was passed. */
    record ResourceExhausted(String resource) implements ShutdownReason {
    }

    /** Only this run ends; the subsystem starts again. */
    record Restart() implements ShutdownReason {
    }

    /** Only this subsystem stops, by hand. */
    record Stop() implements ShutdownReason {
    }

    /** A subsystem that this one depends on, directly or not, is no longer RUNNING. */
    record DependencyLost(String subsystem) implements ShutdownReason {
    }
}
