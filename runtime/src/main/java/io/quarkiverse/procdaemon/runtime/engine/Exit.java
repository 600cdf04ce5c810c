package io.quarkiverse.procdaemon.runtime.engine;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.thread.Threads;

/** How the process is to end: the first cause fixes reason and exit code. Any thread may call all of this. */
final class Exit {

    private final AtomicReference<Cause> first = new AtomicReference<>();
    private final Threads threads;
    private final IntConsumer process;

    /** @param process told the exit code, once, on a thread of its own */
    Exit(Threads threads, IntConsumer process) {
        this.threads = threads;
        this.process = process;
    }

    private record Cause(int code, ShutdownReason reason) {
    }

    /**
     * Ends the process; false, and nothing more, if it was to end already.
     *
     * @throws DaemonStateException if there is no such exit code
     */
    boolean request(int code, ShutdownReason reason) {
        if (code < 0 || code > 255) {
            throw new DaemonStateException(ErrorCode.WRONG_STATE,
                    "the exit code " + code + " is none a process can have; use 0 to 255");
        }
        boolean isFirst = first.compareAndSet(null, new Cause(code, reason));
        if (isFirst) {
            threads.startOrRun("proc-daemon-exit", () -> process.accept(code));
        }
        return isFirst;
    }

    /** The exit code; empty if there was no cause yet. */
    OptionalInt code() {
        Cause cause = first.get();
        return cause == null ? OptionalInt.empty() : OptionalInt.of(cause.code());
    }

    /** The reason of the first cause, or the one given if there was none yet. */
    ShutdownReason reasonOr(ShutdownReason otherwise) {
        Cause cause = first.get();
        return cause == null ? otherwise : cause.reason();
    }
}
