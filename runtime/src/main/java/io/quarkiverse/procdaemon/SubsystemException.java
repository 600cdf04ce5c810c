package io.quarkiverse.procdaemon;

/** Something went wrong with one subsystem. */
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

    /** The name of the subsystem. */
    public String subsystem() {
        return subsystem;
    }
}
