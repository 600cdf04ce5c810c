package io.quarkiverse.procdaemon;

/**
 * Thrown by a subsystem when something outside of the daemon that it needs is not available at present, such as a server that
 * does not answer. The subsystem is restarted after its back-off, and for as long as that outage lasts its restarts are not
 * counted: see {@code subsystem.restart.outages}, which lists the exceptions of libraries that mean the same.
 */
public class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what is unavailable */
    public UnavailableException(String message) {
        super(message);
    }

    /** @param message what is unavailable */
    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
