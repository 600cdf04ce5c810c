package io.quarkiverse.procdaemon.runtime.engine.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * Opens once: a {@link CountDownLatch} for one. Extended instead of referred to, since every run has one, and what a run
 * consists of is out of the cache when many of them stop.
 */
abstract class Latch extends AbstractQueuedSynchronizer {

    private static final long serialVersionUID = 1L;
    private static final int OPEN = 1;

    final void open() {
        releaseShared(OPEN);
    }

    final void awaitOpen() throws InterruptedException {
        acquireSharedInterruptibly(OPEN);
    }

    /** Whether it was open in time. */
    final boolean awaitOpen(long nanos) throws InterruptedException {
        return tryAcquireSharedNanos(OPEN, nanos);
    }

    @Override
    protected final int tryAcquireShared(int any) {
        return getState() == OPEN ? 1 : -1;
    }

    @Override
    protected final boolean tryReleaseShared(int any) {
        setState(OPEN);
        return true;
    }
}
