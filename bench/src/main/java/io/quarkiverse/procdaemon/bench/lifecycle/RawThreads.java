package io.quarkiverse.procdaemon.bench.lifecycle;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

/**
 * What one would write instead of a daemon: threads that wait for a latch, and count down another at their end. Virtual where
 * there are any.
 */
final class RawThreads implements Subject {

    private static final ThreadFactory THREADS = VirtualThreads.factoryOrPlatform();

    private final Bodies bodies;
    private final CountDownLatch[] latches;
    private final CountDownLatch ended;

    /** @param latches one for all, or one for each */
    RawThreads(Bodies bodies, int latches) {
        this.bodies = bodies;
        this.latches = new CountDownLatch[latches];
        this.ended = new CountDownLatch(bodies.count());
    }

    @Override
    public void start() {
        for (int i = 0; i < latches.length; i++) {
            latches[i] = new CountDownLatch(1);
        }
        for (int i = 0; i < bodies.count(); i++) {
            CountDownLatch mine = latches[i % latches.length];
            THREADS.newThread(() -> {
                bodies.work(mine);
                ended.countDown();
            }).start();
        }
    }

    @Override
    public void stop() throws InterruptedException {
        for (CountDownLatch one : latches) {
            one.countDown();
        }
        ended.await();
    }
}
