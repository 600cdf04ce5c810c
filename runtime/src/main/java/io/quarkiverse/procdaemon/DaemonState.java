package io.quarkiverse.procdaemon;

/** The state of the daemon as a whole. */
public enum DaemonState {
    /** Subsystems are being started. */
    STARTING,
    /** Every critical subsystem has been RUNNING. */
    RUNNING,
    /** Like RUNNING, but readiness is DOWN so that no new work is routed here; see {@link Daemon#drain()}. */
    DRAINING,
    /** Shutting down: subsystems stop in reverse order. */
    STOPPING,
    /** All subsystems have ended or were abandoned. Final. */
    STOPPED
}
