package io.quarkiverse.procdaemon;

import org.jspecify.annotations.Nullable;

/**
 * The base of all exceptions that this extension throws to its users, except for illegal arguments. The message begins with the
 * code and says what happened, where, and how to fix it.
 */
public sealed class DaemonException extends RuntimeException
        permits InvalidConfigurationException, SubsystemException, DaemonStateException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    DaemonException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The code and what happened. Formatted on demand, since many exceptions are only inspected. */
    @Override
    public String getMessage() {
        return code + ": " + super.getMessage();
    }

    /** The kind of error. */
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
