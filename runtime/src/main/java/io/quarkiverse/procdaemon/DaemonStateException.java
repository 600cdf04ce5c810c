package io.quarkiverse.procdaemon;

/** A call that makes no sense in the state the daemon is in, or on this platform. */
public final class DaemonStateException extends DaemonException {

    private static final long serialVersionUID = 1L;

    /**
     * @param code what kind of error
     * @param message what was asked, why it cannot be, and how out
     */
    public DaemonStateException(ErrorCode code, String message) {
        super(code, message, null);
    }
}
