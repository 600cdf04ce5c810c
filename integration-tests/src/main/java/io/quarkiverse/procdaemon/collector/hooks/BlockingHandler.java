package io.quarkiverse.procdaemon.collector.hooks;

import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Blocks for good whoever logs, once any fault is armed for {@code log-handler}. */
final class BlockingHandler extends Handler {

    private final Faults faults;

    BlockingHandler(Faults faults) {
        this.faults = faults;
    }

    @Override
    public void publish(LogRecord event) {
        if (faults.isArmed("log-handler")) {
            Mishaps.ignoreInterrupts();
        }
    }

    @Override
    public void flush() {
        // There is nothing to flush.
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
