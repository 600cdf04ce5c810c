package io.quarkiverse.procdaemon.runtime.signal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ShutdownReason;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Holds a signal that ends the process, for as long as a start usually needs to have a daemon; after that the JVM ends. The JVM
 * calls it on a thread of its own for each signal.
 */
final class EarlyEnd extends HeldSignal {

    private static final int MOST_SECONDS = 3;
    /** Nobody may be reading the standard error. */
    private static final int MOST_MILLIS_TO_PRINT = 200;

    private static final AtomicReference<ShutdownReason.@Nullable Signal> FIRST = new AtomicReference<>();

    private final CountDownLatch taken = new CountDownLatch(1);

    /** The first that was left to the JVM; null if none was. */
    static ShutdownReason.@Nullable Signal first() {
        return FIRST.get();
    }

    @Override
    boolean take() {
        boolean came = super.take();
        taken.countDown();
        return came;
    }

    @Override
    public void handle(Signal signal) {
        super.handle(signal);
        if (!isTakenInTime() && super.take()) {
            leaveToJvm(signal);
        } else if (taken.getCount() == 0 && super.take()) {
            // It came just when it got another handler.
            Signal.raise(signal);
        }
    }

    private boolean isTakenInTime() {
        try {
            return taken.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException never) {
            return false;
        }
    }

    private void leaveToJvm(Signal signal) {
        FIRST.compareAndSet(null, new ShutdownReason.Signal(signal.getNumber(), signal.getName()));
        Thread printer = new Thread(() -> print("The signal " + signal.getName() + " came before the daemon was ready for it."
                + " The start has not got that far within " + MOST_SECONDS
                + "s, so the JVM ends the process; no subsystem has been started."), "proc-daemon-early-end");
        printer.setDaemon(true);
        printer.start();
        try {
            printer.join(MOST_MILLIS_TO_PRINT);
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
        SignalHandler old = replaced();
        if (old != null) {
            Signal.handle(signal, old);
            Signal.raise(signal);
        }
    }

    // Not by the log, which may not be there yet. Never closed: that would close stderr for the whole process.
    private static void print(String text) {
        try {
            new FileOutputStream(FileDescriptor.err).write((text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            // Nobody reads it.
        }
    }
}
