package io.quarkiverse.procdaemon.runtime.signal;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

/**
 * A thread dump that a signal asks for, written on a thread of its own. Loaded when the first one is asked for; one at a time,
 * so that a burst of signals leads to one file.
 */
public final class RequestedDump implements Runnable {

    private static final Logger LOG = Logger.getLogger(RequestedDump.class);
    private static final AtomicBoolean BEING_WRITTEN = new AtomicBoolean();

    private final Diagnostics diagnostics;
    private final String signal;

    private RequestedDump(Diagnostics diagnostics, String signal) {
        this.diagnostics = diagnostics;
        this.signal = signal;
    }

    /**
     * Returns at once.
     *
     * @param threads with the class loader of the application, which the threads of signals do not have
     */
    public static void begin(Diagnostics diagnostics, String signal, Threads threads) {
        if (!BEING_WRITTEN.compareAndSet(false, true)) {
            LOG.debugf("The signal %s came while a thread dump was being written, and asks for no other", signal);
            return;
        }
        try {
            threads.start(ThreadKind.PLATFORM, "proc-daemon-dump", new RequestedDump(diagnostics, signal));
        } catch (Throwable noThread) {
            BEING_WRITTEN.set(false);
            throw noThread;
        }
    }

    @Override
    public void run() {
        try {
            LOG.infof("Wrote a thread dump to %s (signal %s)", diagnostics.threadDump(), signal);
        } catch (IOException failure) {
            LOG.errorf("The thread dump that the signal %s asked for cannot be written: %s", signal, failure.getMessage());
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "The thread dump that the signal %s asked for cannot be written", signal);
        } finally {
            BEING_WRITTEN.set(false);
        }
    }
}
