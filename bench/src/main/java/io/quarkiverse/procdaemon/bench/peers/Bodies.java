package io.quarkiverse.procdaemon.bench.peers;

import java.util.concurrent.CountDownLatch;

/** The bodies of one start: they say that they are at work and wait to be told to end. */
class Bodies {

    private final int count;
    private final CountDownLatch idle;

    Bodies(int count) {
        this.count = count;
        this.idle = new CountDownLatch(count);
    }

    int count() {
        return count;
    }

    /** One body; returns when told to. An interrupt is an error: nobody here has a reason for it. */
    void work(CountDownLatch end) {
        idle.countDown();
        try {
            end.await();
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    void awaitAllAtWork() throws InterruptedException {
        idle.await();
    }
}
