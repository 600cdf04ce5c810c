package io.quarkiverse.procdaemon;

/**
 * The state of a subsystem.
 *
 * <pre>
 * REGISTERED ──▶ WAITING ──▶ STARTING ──▶ RUNNING
 *                   ▲            │           │
 *                   │            └─────┬─────┘
 *                   │                  ▼
 *                   │              STOPPING
 *                   │                  │
 *                   │       ┌──────────┼──────────┐
 *                   │       ▼          ▼          ▼
 *                   │  RESTARTING   STOPPED     FAILED
 *                   │       │          │          │
 *                   └───────┴──────────┴──────────┘
 * </pre>
 *
 * A failed STARTING or RUNNING subsystem is cleaned up (STOPPING) before it is RESTARTING or FAILED. One that is REGISTERED,
 * WAITING or RESTARTING has nothing to clean up: if it is stopped, it is STOPPED at once. One that is STOPPED, FAILED or
 * RESTARTING may be started through {@link Daemon#start(String)}; one that has stopped only for a restart, its own or that of a
 * dependency, comes back by itself.
 */
public enum SubsystemState {
    /** Known to the daemon, but not to be started yet. */
    REGISTERED,
    /** To be started once all its dependencies are RUNNING. */
    WAITING,
    /** Its {@link OnStart} is running. */
    STARTING,
    /** Started; its {@link Run} body, if it has one, is running or has returned normally. */
    RUNNING,
    /** Asked to stop, or failed: its body ends, then its {@link OnStop} runs. */
    STOPPING,
    /** Stopped cleanly. */
    STOPPED,
    /** Failed and cleaned up; waiting for its back-off. */
    RESTARTING,
    /** Failed, and not restarted automatically. */
    FAILED;

    /** Whether code of the subsystem may be running: {@link #STARTING}, {@link #RUNNING} or {@link #STOPPING}. */
    public boolean isActive() {
        return this == STARTING || this == RUNNING || this == STOPPING;
    }
}
