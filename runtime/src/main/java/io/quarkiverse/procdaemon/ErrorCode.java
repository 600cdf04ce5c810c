package io.quarkiverse.procdaemon;

/**
 * The kinds of error, each with a stable number for alerts and run books. The message of a {@link DaemonException} begins with
 * it: {@code PD-4002}.
 */
public enum ErrorCode {
    /** Invalid or contradictory declarations of subsystems. */
    INVALID_SUBSYSTEMS(1001, ErrorCategory.CONFIG, false),
    /** Configuration with an invalid value, an unknown key or subsystem name, or timeouts out of order. */
    INVALID_CONFIGURATION(1002, ErrorCategory.CONFIG, false),
    /** No subsystem of that name. */
    SUBSYSTEM_NOT_FOUND(4001, ErrorCategory.SUBSYSTEM, false),
    /** A subsystem's start threw. */
    START_FAILED(4002, ErrorCategory.SUBSYSTEM, true),
    /** A subsystem's body threw. */
    RUN_FAILED(4003, ErrorCategory.SUBSYSTEM, true),
    /** A subsystem's clean-up threw. */
    STOP_FAILED(4004, ErrorCategory.SUBSYSTEM, false),
    /** A subsystem cannot start because one it depends on is stopped, failed or disabled. */
    DEPENDENCY_UNAVAILABLE(4005, ErrorCategory.SUBSYSTEM, true),
    /** A command for a subsystem was superseded by an opposite one. */
    SUPERSEDED(4006, ErrorCategory.SUBSYSTEM, true),
    /** A subsystem's health check failed, and {@code subsystem.health.action} is {@code restart}. */
    UNHEALTHY(4007, ErrorCategory.SUBSYSTEM, true),
    /** A subsystem cannot be unregistered because others depend on it. */
    STILL_NEEDED(4008, ErrorCategory.SUBSYSTEM, false),
    /** A subsystem vetoed a reload, or failed to undo its part of one. */
    RELOAD_VETOED(4009, ErrorCategory.SUBSYSTEM, false),
    /** A subsystem's start exceeded its start timeout. */
    START_TIMED_OUT(7001, ErrorCategory.TIMEOUT, true),
    /** A subsystem ignored its interrupt and was abandoned. */
    STOP_TIMED_OUT(7002, ErrorCategory.TIMEOUT, false),
    /** A subsystem sent no heartbeat within its heartbeat timeout. */
    HEARTBEAT_LOST(7003, ErrorCategory.TIMEOUT, true),
    /** A subsystem did not answer a reload in time, or could not be asked. */
    RELOAD_TIMED_OUT(7004, ErrorCategory.TIMEOUT, true),
    /** The call is not possible in the current state of the daemon. */
    WRONG_STATE(8001, ErrorCategory.STATE, false),
    /** The daemon does not start because another process holds its instance lock. */
    INSTANCE_LOCKED(8002, ErrorCategory.STATE, true),
    /** This JVM lacks a feature that is configured explicitly. */
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
