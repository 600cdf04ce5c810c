package io.quarkiverse.procdaemon.runtime.engine.model;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A thread for a call that blocks. */
final class Caller {

    private final Thread thread;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean calling;
    private volatile Throwable thrown;

    Caller(String what, Runnable call) {
        thread = new Thread(() -> {
            calling = true;
            try {
                call.run();
            } catch (Throwable failure) {
                thrown = failure;
            } finally {
                done.countDown();
            }
        }, what);
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns when the call has returned, or has done what it does at once and waits for a result. */
    void awaitBlocked() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!isDone() && !isBlocked()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(thread + " neither ends nor waits");
            }
            Thread.yield();
        }
    }

    private boolean isBlocked() {
        Object blocker = calling ? LockSupport.getBlocker(thread) : null;
        String type = blocker == null ? "" : blocker.getClass().getName();
        return type.startsWith("java.util.concurrent.CompletableFuture$")
                || type.startsWith("java.util.concurrent.CountDownLatch$");
    }

    boolean isDone() {
        return done.getCount() == 0;
    }

    /** What the call threw, or null; waits for its end. */
    Throwable result() {
        try {
            if (!done.await(30, TimeUnit.SECONDS)) {
                AssertionError late = new AssertionError(thread + " does not end");
                late.setStackTrace(thread.getStackTrace());
                throw late;
            }
        } catch (InterruptedException stop) {
            throw new AssertionError("interrupted", stop);
        }
        return thrown;
    }
}
