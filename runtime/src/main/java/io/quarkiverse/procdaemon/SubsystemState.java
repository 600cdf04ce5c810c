package io.quarkiverse.procdaemon;

/**
 * Where a subsystem is in its life.
 *
 * <pre>
 * REGISTERED ──▶ WAITING ──▶ STARTING ──▶ RUNNING ──▶ STOPPING ──▶ STOPPED
 *                   ▲            │            │           │
 *                   │            └─────┬──────┘           │ (clean-up failed or timed out)
 *                   └── RESTARTING ◀───┴──▶ FAILED ◀──────┘
 * </pre>
 *
 * A failed STARTING or RUNNING subsystem is cleaned up (STOPPING) before it is RESTARTING or FAILED. A stopped, failed or
 * waiting one may be started again by hand.
 */
public enum SubsystemState {
    /** Known to the daemon; nothing has been asked of it yet. */
    REGISTERED,
    /** To be started; held until every dependency is RUNNING. */
    WAITING,
    /** Its {@link OnStart} runs. */
    STARTING,
    /** Started; its {@link Run} body, if it has one, is under way or has returned normally. */
    RUNNING,
    /** Told to stop, or failed: its body ends, then its {@link OnStop} runs. */
    STOPPING,
    /** Stopped cleanly. */
    STOPPED,
    /** Failed and cleaned up; waits for its back-off to pass. */
    RESTARTING,
    /** Failed and not to be started again by itself. */
    FAILED;

    /** Whether code of the subsystem may be running: {@link #STARTING}, {@link #RUNNING} or {@link #STOPPING}. */
    public boolean isActive() {
        return this == STARTING || this == RUNNING || this == STOPPING;
    }
}
