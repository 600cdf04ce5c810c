package io.quarkiverse.procdaemon.runtime.engine.events;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

/**
 * The codes of what has gone wrong: those of the daemon's own exceptions, with which their messages begin, else the general
 * ones.
 */
final class Codes {

    private static final ErrorCode[] ALL = ErrorCode.values();

    private Codes() {
    }

    /** @param thrown the exception; null if it is not there any more */
    static ErrorCode of(Failure failure, @Nullable Throwable thrown) {
        if (thrown instanceof DaemonException own) {
            return own.code();
        }
        ErrorCode named = named(failure.message());
        return named != null ? named : of(failure.phase());
    }

    static ErrorCode of(SubsystemEvent.Phase phase) {
        return switch (phase) {
            case START -> ErrorCode.START_FAILED;
            case RUN -> ErrorCode.RUN_FAILED;
            case STOP -> ErrorCode.STOP_FAILED;
        };
    }

    /** Null unless it was rejected. */
    static @Nullable ErrorCode of(ReloadResult result) {
        if (result.status() != ReloadResult.Status.REJECTED) {
            return null;
        }
        ErrorCode named = result.problems().isEmpty() ? null : named(result.problems().get(0).reason());
        return named != null ? named : ErrorCode.INVALID_CONFIGURATION;
    }

    private static @Nullable ErrorCode named(String message) {
        for (ErrorCode code : ALL) {
            if (message.startsWith(code + ": ")) {
                return code;
            }
        }
        return null;
    }
}
