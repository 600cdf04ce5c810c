package io.quarkiverse.procdaemon;

/** A call that is not possible in the current state of the daemon, or on this platform. */
public final class DaemonStateException extends DaemonException {

    private static final long serialVersionUID = 1L;

    /**
     * @param code the kind of error
     * @param message what was requested, why it is not possible, and what to do
     */
    public DaemonStateException(ErrorCode code, String message) {
        super(code, message, null);
    }
}
