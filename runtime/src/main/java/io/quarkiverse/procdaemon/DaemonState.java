package io.quarkiverse.procdaemon;

/** The state of the daemon as a whole. */
public enum DaemonState {
    /** Subsystems are being started. */
    STARTING,
    /** Every critical subsystem has been RUNNING. */
    RUNNING,
    /** Like RUNNING, but no new work begins and readiness is DOWN; see {@link Daemon#drain()}. Also when a shutdown begins. */
    DRAINING,
    /** Shutting down: subsystems stop in reverse order. */
    STOPPING,
    /** All subsystems have ended or were abandoned. Final. */
    STOPPED
}
