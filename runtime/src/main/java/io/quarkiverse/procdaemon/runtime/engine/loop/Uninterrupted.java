package io.quarkiverse.procdaemon.runtime.engine.loop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that an interrupt must not cut short. */
public final class Uninterrupted {

    private Uninterrupted() {
    }

    /** A wait that has a bound of its own. */
    @FunctionalInterface
    public interface Wait {

        /** Waits; true if what was waited for has come. */
        boolean await() throws InterruptedException;
    }

    /** Waits again after each interrupt; the thread is interrupted when this returns if it was meanwhile. */
    public static boolean await(Wait wait) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.await();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits so many nanoseconds at most for the latch, whatever interrupts come meanwhile; whether it is open. */
    public static boolean await(CountDownLatch latch, long nanos) {
        long end = System.nanoTime() + nanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
