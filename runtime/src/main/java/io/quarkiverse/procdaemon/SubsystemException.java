package io.quarkiverse.procdaemon;

import org.jspecify.annotations.Nullable;

/**
 * A problem with one subsystem, as the daemon sees it. Its own stack trace is empty, or that of the thread that hangs; what the
 * subsystem itself threw is the cause, with its stack trace.
 */
public sealed class SubsystemException extends DaemonException permits SubsystemNotFoundException {

    private static final long serialVersionUID = 1L;

    private final String subsystem;

    /**
     * @param code the kind of error
     * @param subsystem the subsystem's name
     * @param message what happened and what to do; names the subsystem
     * @param cause what the subsystem threw, or null
     */
    public SubsystemException(ErrorCode code, String subsystem, String message, @Nullable Throwable cause) {
        super(code, message, cause);
        this.subsystem = subsystem;
    }

    /** Only for mistakes of the caller: otherwise the stack is that of the event loop, tells nothing, and is expensive. */
    @Override
    public Throwable fillInStackTrace() {
        return this instanceof SubsystemNotFoundException ? super.fillInStackTrace() : this;
    }

    /** The name of the subsystem. */
    public String subsystem() {
        return subsystem;
    }
}
