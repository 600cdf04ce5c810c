package io.quarkiverse.procdaemon;

/**
 * Every exception that leaves this extension. The message begins with the code and says what happened, where, and how out.
 */
public sealed class DaemonException extends RuntimeException
        permits InvalidConfigurationException, SubsystemException, DaemonStateException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    DaemonException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The code and what happened. Put together when it is asked for: many an error is only looked at. */
    @Override
    public String getMessage() {
        return code + ": " + super.getMessage();
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
