package io.quarkiverse.procdaemon.bench.lifecycle;

import java.util.concurrent.CountDownLatch;

/** The bodies of one start: each counts itself when it is at work, and waits for its end. */
class Bodies {

    private final int count;
    private final CountDownLatch idle;
    private final CountDownLatch notified = new CountDownLatch(1);

    Bodies(int count) {
        this.count = count;
        this.idle = new CountDownLatch(count);
    }

    int count() {
        return count;
    }

    void atWork() {
        idle.countDown();
    }

    /** One body; returns when the latch opens. An interrupt is an error: nobody here has a reason for it. */
    void work(CountDownLatch end) {
        atWork();
        try {
            end.await();
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    void notified() {
        notified.countDown();
    }

    void awaitFirstNotified() throws InterruptedException {
        notified.await();
    }

    void awaitAllAtWork() throws InterruptedException {
        idle.await();
    }
}
