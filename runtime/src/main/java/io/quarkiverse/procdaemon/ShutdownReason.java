package io.quarkiverse.procdaemon;

/** Why the daemon, or a single run of a subsystem, stops. */
public sealed interface ShutdownReason {

    /** The name of the record, such as {@code Signal}, to tell the types apart in JSON. */
    default String getType() {
        return getClass().getSimpleName();
    }

    /** The process received a signal, for example number 15, name {@code TERM}. */
    record Signal(int number, String name) implements ShutdownReason {
    }

    /** The stop was requested; {@code by} names the requester, for example {@code Daemon.shutdown()}. */
    record Requested(String by) implements ShutdownReason {
    }

    /** A critical subsystem failed permanently; or, for a single run, this run failed. */
    record SubsystemFailed(String subsystem, Failure failure) implements ShutdownReason {
    }

    /** A resource limit was exceeded. */
    record ResourceExhausted(String resource) implements ShutdownReason {
    }

    /** Only this run stops; the subsystem is restarted. */
    record Restart() implements ShutdownReason {
    }

    /** Only this subsystem stops, through the API. */
    record Stop() implements ShutdownReason {
    }

    /** A direct or indirect dependency is no longer RUNNING. */
    record DependencyLost(String subsystem) implements ShutdownReason {
    }
}
