package io.quarkiverse.procdaemon.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What one would write by hand instead of a daemon: threads that wait for a latch, and count down another at their end. Virtual
 * where there are any; neither started nor stopped, and how to do both.
 */
@State(Scope.Benchmark)
public class RawThreads {

    /** Whether all threads wait for the same latch, or each for one of its own. */
    @Param({ "shared", "own" })
    public String latch;

    private final ThreadFactory factory = VirtualThreads.factoryOrPlatform();
    private StartStopBenchmark.Size size;
    private CountDownLatch[] latches;
    private CountDownLatch ended;

    void make(StartStopBenchmark.Size howMany) {
        size = howMany;
        size.reset();
        latches = new CountDownLatch[latch.equals("own") ? size.n : 1];
        ended = new CountDownLatch(size.n);
    }

    void start() throws InterruptedException {
        for (int i = 0; i < latches.length; i++) {
            latches[i] = new CountDownLatch(1);
        }
        for (int i = 0; i < size.n; i++) {
            CountDownLatch mine = latches[i % latches.length];
            factory.newThread(() -> run(mine)).start();
        }
        size.awaitAllAtWork();
    }

    private void run(CountDownLatch mine) {
        size.atWork();
        try {
            mine.await();
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
        ended.countDown();
    }

    void stop() throws InterruptedException {
        for (CountDownLatch one : latches) {
            one.countDown();
        }
        ended.await();
    }
}
