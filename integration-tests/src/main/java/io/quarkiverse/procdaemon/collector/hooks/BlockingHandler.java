package io.quarkiverse.procdaemon.collector.hooks;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Blocks every thread that logs, for ever, once a fault is armed for {@code log-handler}. */
final class BlockingHandler extends Handler {

    private final ArmedFaults faults;

    private BlockingHandler(ArmedFaults faults) {
        this.faults = faults;
    }

    /** Before all other handlers, so that once it blocks nothing is logged any more. */
    static void install(ArmedFaults faults) {
        Logger root = Logger.getLogger("");
        Handler[] others = root.getHandlers();
        Stream.of(others).forEach(root::removeHandler);
        root.addHandler(new BlockingHandler(faults));
        Stream.of(others).forEach(root::addHandler);
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
