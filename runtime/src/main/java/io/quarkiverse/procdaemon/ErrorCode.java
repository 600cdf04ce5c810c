package io.quarkiverse.procdaemon;

/**
 * The kinds of error, each with a stable number for alerts and run books. The message of a {@link DaemonException} begins with
 * it: {@code PD-4002}. The first paragraph of each says what it means, the second what to do; {@code docs/errors.md} is
 * generated from them.
 */
public enum ErrorCode {
    /**
     * Invalid or contradictory declarations of subsystems.
     * <p>
     * Correct the declarations; the message lists all problems, each with its location and a fix.
     */
    INVALID_SUBSYSTEMS(1001, ErrorCategory.CONFIG, false),
    /**
     * Configuration with an invalid value, an unknown key or subsystem name, or timeouts out of order.
     * <p>
     * Correct the keys; the message lists all problems, with source and line where they are known. After a rejected reload the
     * daemon keeps its previous configuration.
     */
    INVALID_CONFIGURATION(1002, ErrorCategory.CONFIG, false),
    /**
     * No subsystem of that name.
     * <p>
     * Use one of the names that the message lists. One that is disabled by configuration, or was unregistered, is not among
     * them.
     */
    SUBSYSTEM_NOT_FOUND(4001, ErrorCategory.SUBSYSTEM, false),
    /**
     * A subsystem's start threw.
     * <p>
     * See the cause, which is what it threw. If it is temporary, its restart policy retries it; otherwise repair what it needs
     * and start it through the API or the control socket.
     */
    START_FAILED(4002, ErrorCategory.SUBSYSTEM, true),
    /**
     * A subsystem's body threw.
     * <p>
     * See the cause, which is what it threw. The restart policy decides whether it is restarted; if its budget is exhausted,
     * repair it and start it again.
     */
    RUN_FAILED(4003, ErrorCategory.SUBSYSTEM, true),
    /**
     * A subsystem's clean-up threw.
     * <p>
     * See the cause, which is what it threw, and check what the subsystem holds: files, sockets, locks may not be released.
     * Start it again through the API, or restart the process.
     */
    STOP_FAILED(4004, ErrorCategory.SUBSYSTEM, false),
    /**
     * A subsystem cannot start because one it depends on is stopped, failed or disabled.
     * <p>
     * Start the dependency that the message names first, or remove the dependency.
     */
    DEPENDENCY_UNAVAILABLE(4005, ErrorCategory.SUBSYSTEM, true),
    /**
     * A command for a subsystem was superseded by an opposite one.
     * <p>
     * Nothing is wrong with the subsystem: the later command counts. Repeat yours if you still need it.
     */
    SUPERSEDED(4006, ErrorCategory.SUBSYSTEM, true),
    /**
     * A subsystem's health check failed, and {@code subsystem.health.action} is {@code restart}.
     * <p>
     * The message has the result of the check. Repair what it checks; if the subsystem is merely slow, raise
     * {@code subsystem.health.timeout} or {@code subsystem.health.failures}.
     */
    UNHEALTHY(4007, ErrorCategory.SUBSYSTEM, true),
    /**
     * A subsystem cannot be unregistered because others depend on it.
     * <p>
     * Unregister the dependents that the message names first.
     */
    STILL_NEEDED(4008, ErrorCategory.SUBSYSTEM, false),
    /**
     * A subsystem vetoed a reload, or failed to undo its part of one.
     * <p>
     * The message has the reason of the veto: correct the configuration and reload again. If a subsystem could not undo its
     * part, restart it, since it may use a configuration that is not active.
     */
    RELOAD_VETOED(4009, ErrorCategory.SUBSYSTEM, false),
    /**
     * A subsystem's start exceeded its start timeout.
     * <p>
     * The stack in the log and in {@code lastFailure} shows what it waits for. Repair that, or raise
     * {@code subsystem.start-timeout}.
     */
    START_TIMED_OUT(7001, ErrorCategory.TIMEOUT, true),
    /**
     * A subsystem did not stop in time and was interrupted, or ignored its interrupt and was abandoned.
     * <p>
     * The stack shows where it hangs. React to interrupts or to {@code ShutdownHandle} there, or raise
     * {@code subsystem.stop-timeout}. Another run can begin only when this one has ended.
     */
    STOP_TIMED_OUT(7002, ErrorCategory.TIMEOUT, false),
    /**
     * A subsystem sent no heartbeat within its heartbeat timeout.
     * <p>
     * The stack shows where it hangs. Call {@code SubsystemContext.heartbeat()} more often, or raise
     * {@code subsystem.heartbeat-timeout}.
     */
    HEARTBEAT_LOST(7003, ErrorCategory.TIMEOUT, true),
    /**
     * A subsystem did not answer a reload in time, or could not be asked.
     * <p>
     * It may be starting, or busy with an earlier reload. Reload again when it is RUNNING; if it hangs, restart it.
     */
    RELOAD_TIMED_OUT(7004, ErrorCategory.TIMEOUT, true),
    /**
     * The call is not possible in the current state of the daemon.
     * <p>
     * The message says which call and why. Check {@code Daemon.state()} first, or call it at another time.
     */
    WRONG_STATE(8001, ErrorCategory.STATE, false),
    /**
     * The daemon does not start because another process holds its instance lock.
     * <p>
     * The message says which process. Stop that one, or give each daemon an {@code instance-lock} of its own. Do not delete the
     * lock file.
     */
    INSTANCE_LOCKED(8002, ErrorCategory.STATE, true),
    /**
     * This JVM lacks a feature that is configured explicitly.
     * <p>
     * Use a JVM that has the feature, or remove the key that the message names.
     */
    UNSUPPORTED_PLATFORM(9001, ErrorCategory.PLATFORM, false);

    private final int number;
    private final ErrorCategory category;
    private final boolean retryable;

    ErrorCode(int number, ErrorCategory category, boolean retryable) {
        this.number = number;
        this.category = category;
        this.retryable = retryable;
    }

    /** The stable number; its first digit stands for the category. */
    public int number() {
        return number;
    }

    /** The area that the error belongs to. */
    public ErrorCategory category() {
        return category;
    }

    /** Whether the same call may succeed later without any intervention. */
    public boolean retryable() {
        return retryable;
    }

    /** The prefix of messages: {@code PD-4002}. */
    @Override
    public String toString() {
        return "PD-" + number;
    }
}
