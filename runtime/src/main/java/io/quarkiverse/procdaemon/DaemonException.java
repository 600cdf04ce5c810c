package io.quarkiverse.procdaemon;

/**
 * Every exception that leaves this extension. The message begins with the code and says what happened, where, and how out.
 */
public sealed class DaemonException extends RuntimeException
        permits InvalidConfigurationException, SubsystemException, DaemonStateException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    DaemonException(ErrorCode code, String message, Throwable cause) {
        super(code + ": " + message, cause);
        this.code = code;
    }

    /** What kind of error it is. */
    public ErrorCode code() {
        return code;
    }

    /** The same as {@code code().category()}. */
    public ErrorCategory category() {
        return code.category();
    }

    /** The same as {@code code().retryable()}. */
    public boolean retryable() {
        return code.retryable();
    }
}
