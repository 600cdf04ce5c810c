package io.quarkiverse.procdaemon;

/** Where the daemon as a whole is in its life. */
public enum DaemonState {
    /** Subsystems are being started. */
    STARTING,
    /** Every critical subsystem has been RUNNING. */
    RUNNING,
    /** As RUNNING, but readiness is DOWN so that no new work is sent here; see {@link Daemon#drain()}. */
    DRAINING,
    /** Shutting down: subsystems stop in reverse order. */
    STOPPING,
    /** All subsystems have ended or were abandoned. Final. */
    STOPPED
}
