package io.quarkiverse.procdaemon.runtime.control;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.ErrorCategory;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/** Why a request is not served: its answer, thrown. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable ErrorCode code;
    private final transient Map<String, String> headers;

    private Problem(int status, @Nullable ErrorCode code, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = headers;
    }

    /** @param detail a sentence that says what is wrong and what to do */
    static Problem of(int status, String detail) {
        return new Problem(status, null, detail, Map.of());
    }

    static Problem of(int status, ErrorCode code, String detail) {
        return new Problem(status, code, detail, Map.of());
    }

    static Problem notAllowed(String methods, String detail) {
        return new Problem(405, null, detail, Map.of("Allow", methods));
    }

    /** What the daemon says of a command that failed. */
    static Problem of(DaemonException failure) {
        return new Problem(status(failure.code()), failure.code(), failure.getMessage(), Map.of());
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case SUBSYSTEM_NOT_FOUND -> 404;
            case DEPENDENCY_UNAVAILABLE, SUPERSEDED, STILL_NEEDED, WRONG_STATE -> 409;
            case UNSUPPORTED_PLATFORM -> 501;
            default -> code.category() == ErrorCategory.TIMEOUT ? 504 : 500;
        };
    }

    int status() {
        return status;
    }

    Answer answer() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", "about:blank");
        data.put("title", Answer.phrase(status));
        data.put("status", status);
        data.put("detail", getMessage());
        if (code != null) {
            data.put("code", code.toString());
            data.put("retryable", code.retryable());
        }
        return new Answer(status, Answer.PROBLEM, data, () -> PlainText.escape(getMessage()), headers);
    }
}
