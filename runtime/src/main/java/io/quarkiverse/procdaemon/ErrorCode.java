package io.quarkiverse.procdaemon;

/**
 * The kinds of error, each with a number that never changes its meaning: fit for alerts and run books. Messages of a
 * {@link DaemonException} begin with it, as in {@code PD-4002}.
 */
public enum ErrorCode {
    /** Declarations of subsystems that contradict the rules or each other. */
    INVALID_SUBSYSTEMS(1001, ErrorCategory.CONFIG, false),
    /** Configuration with a wrong value, an unknown subsystem name or time-outs out of order. */
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
    /** A command on a subsystem was overtaken by an opposite one. */
    SUPERSEDED(4006, ErrorCategory.SUBSYSTEM, true),
    /** A subsystem's own health probe called it unhealthy, and that counts as a failure of it. */
    UNHEALTHY(4007, ErrorCategory.SUBSYSTEM, true),
    /** A subsystem cannot be unregistered because others depend on it. */
    STILL_NEEDED(4008, ErrorCategory.SUBSYSTEM, false),
    /** A subsystem vetoed a reload, or could not undo its part of one. */
    RELOAD_VETOED(4009, ErrorCategory.SUBSYSTEM, false),
    /** A subsystem's start took longer than its start time-out. */
    START_TIMED_OUT(7001, ErrorCategory.TIMEOUT, true),
    /** A subsystem ignored its interrupt and was abandoned. */
    STOP_TIMED_OUT(7002, ErrorCategory.TIMEOUT, false),
    /** A subsystem has given no heartbeat for longer than its heartbeat time-out. */
    HEARTBEAT_LOST(7003, ErrorCategory.TIMEOUT, true),
    /** A subsystem did not answer a reload in time, or was not in a position to. */
    RELOAD_TIMED_OUT(7004, ErrorCategory.TIMEOUT, true),
    /** The call makes no sense in the state the daemon is in. */
    WRONG_STATE(8001, ErrorCategory.STATE, false),
    /** This JVM lacks a feature that was asked for by name. */
    UNSUPPORTED_PLATFORM(9001, ErrorCategory.PLATFORM, false);

    private final int number;
    private final ErrorCategory category;
    private final boolean retryable;

    ErrorCode(int number, ErrorCategory category, boolean retryable) {
        this.number = number;
        this.category = category;
        this.retryable = retryable;
    }

    /** The stable number; its thousands follow the category. */
    public int number() {
        return number;
    }

    /** What kind of thing went wrong. */
    public ErrorCategory category() {
        return category;
    }

    /** Whether the same call may succeed later with nothing changed by hand. */
    public boolean retryable() {
        return retryable;
    }

    /** As it stands at the beginning of messages: {@code PD-4002}. */
    @Override
    public String toString() {
        return "PD-" + number;
    }
}
