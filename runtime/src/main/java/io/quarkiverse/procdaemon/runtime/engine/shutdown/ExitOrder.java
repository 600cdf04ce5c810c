package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.util.OptionalInt;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;

/**
 * A request to end the process in order: it takes effect before its caller goes on, and the event loop makes sure that it does.
 */
final class ExitOrder implements Message.Step {

    private final FirstRequest request;
    private final ShutdownSequence sequence;
    private final ProcessControl process;
    private final ShutdownReason reason;
    private final int code;
    private final boolean isFailure;
    private boolean isFirst;
    private boolean given;

    ExitOrder(FirstRequest request, ShutdownSequence sequence, ProcessControl process, ShutdownReason reason, int code,
            boolean isFailure) {
        this.request = request;
        this.sequence = sequence;
        this.process = process;
        this.reason = reason;
        this.code = code;
        this.isFailure = isFailure;
    }

    /** A command that returns after that ends the process by itself, with the exit code known by then. */
    synchronized void give() {
        if (!given) {
            isFirst |= request.give(reason, OptionalInt.of(code), isFailure);
            if (isFirst) {
                sequence.killSwitch().arm(request);
                process.exit(code);
            }
            given = true;
        }
    }

    @Override
    public void run() {
        give();
        sequence.begin();
    }
}
