package io.quarkiverse.procdaemon;

/**
 * Something went wrong with one subsystem. It is what the daemon concluded, not what a method threw: its own stack is empty, or
 * that of the thread that hangs. What the subsystem threw is the cause, with its stack.
 */
public sealed class SubsystemException extends DaemonException permits SubsystemNotFoundException {

    private static final long serialVersionUID = 1L;

    private final String subsystem;

    /**
     * @param code what kind of error
     * @param subsystem the subsystem's name
     * @param message what happened and how out, naming the subsystem
     * @param cause what the subsystem threw, or null
     */
    public SubsystemException(ErrorCode code, String subsystem, String message, Throwable cause) {
        super(code, message, cause);
        this.subsystem = subsystem;
    }

    /** Only where a caller was wrong: the stack of a conclusion says nothing, and is most of what an error costs. */
    @Override
    public Throwable fillInStackTrace() {
        return this instanceof SubsystemNotFoundException ? super.fillInStackTrace() : this;
    }

    /** The name of the subsystem. */
    public String subsystem() {
        return subsystem;
    }
}
