package io.quarkiverse.procdaemon.collector;

import java.io.IOException;

/** The journal cannot be used; the message says why and what can be done. */
final class JournalException extends IOException {

    private static final long serialVersionUID = 1L;

    JournalException(String message) {
        super(message);
    }

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
