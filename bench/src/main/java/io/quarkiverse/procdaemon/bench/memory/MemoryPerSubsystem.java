package io.quarkiverse.procdaemon.bench.memory;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.quarkiverse.procdaemon.bench.Engines;
import io.quarkiverse.procdaemon.bench.run.Rows;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.time.SystemTimer;

/**
 * Bytes of the heap for each registered subsystem, and for each that is RUNNING with a body that waits for its handle: what is
 * used after collections of garbage, less what was used before anything was made. It includes the specifications with their
 * names, and the stacks of virtual threads; those of platform threads are not on the heap.
 */
public final class MemoryPerSubsystem {

    private static final int COLLECTIONS = 5;
    private static final int MOST_PLATFORM_THREADS = 1_000;
    private static final long SETTLE = 200;

    private MemoryPerSubsystem() {
    }

    /** Prints two lines. System property {@code n}: how many subsystems, 100,000 unless it says otherwise. */
    public static void main(String[] args) throws InterruptedException {
        List<Bytes> measured = measure(Integer.getInteger("n", 100_000));
        for (Bytes bytes : measured) {
            System.out.printf("%8d %-10s %8.0f bytes each%n", bytes.n(), bytes.state(), bytes.each());
        }
        Rows.hand(measured);
    }

    /**
     * Measures both.
     *
     * @param n how many; of those RUNNING no more than 1,000 without virtual threads
     */
    public static List<Bytes> measure(int n) throws InterruptedException {
        int running = SystemThreads.hasVirtual() ? n : Math.min(n, MOST_PLATFORM_THREADS);
        // So that what is loaded and made once is not counted.
        measure(10, 10);
        return measure(n, running);
    }

    private static List<Bytes> measure(int registered, int running) throws InterruptedException {
        return List.of(new Bytes("registered", registered, bytes(registered, false) / (double) registered),
                new Bytes("RUNNING", running, bytes(running, true) / (double) running));
    }

    private static long bytes(int n, boolean start) throws InterruptedException {
        SystemTimer timer = new SystemTimer("bench-timer");
        CountDownLatch idle = new CountDownLatch(n);
        long before = used();
        Engine engine = Engines.make(timer, specs(n, idle));
        if (start) {
            engine.start();
            idle.await();
            // Those that have just said that they are at work are about to wait.
            Thread.sleep(SETTLE);
        }
        long after = used();
        Engines.stop(engine);
        timer.close();
        return after - before;
    }

    private static List<SubsystemSpec> specs(int n, CountDownLatch idle) {
        Behavior waiting = Behavior.running(context -> {
            idle.countDown();
            context.await();
            return null;
        });
        return IntStream.range(0, n)
                .mapToObj(i -> new SubsystemSpec("s" + i, List.of(), waiting, SubsystemSettings.DEFAULT)).toList();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
