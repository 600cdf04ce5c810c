package io.quarkiverse.procdaemon.bench.engine;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Bytes of the heap for each registered subsystem, and for each that is RUNNING with a body that waits for its handle: what is
 * used after collections of garbage, less what was used before anything was made. It includes the names, and the stacks of
 * virtual threads; those of platform threads are not on the heap. The time says nothing.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MemoryBenchmark extends EngineState {

    private static final int COLLECTIONS = 5;

    /** How many. */
    @Param("100000")
    public int n;

    /** What one subsystem takes. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Bytes {

        /** Once it is registered. */
        public double registeredBytes;
        /** While it is RUNNING. */
        public double runningBytes;
    }

    /** So that what is loaded and made once is not counted. */
    @Setup(Level.Trial)
    public void once() throws InterruptedException {
        measure(10, new Bytes());
    }

    /** Makes and starts n subsystems. */
    @Benchmark
    public void subsystems(Bytes bytes) throws InterruptedException {
        measure(n, bytes);
    }

    private static void measure(int n, Bytes bytes) throws InterruptedException {
        CountDownLatch atWork = new CountDownLatch(n);
        long before = used();
        EngineUnderTest engine = EngineUnderTest.of(specs(n, atWork)).get();
        long registered = used();
        engine.start();
        atWork.await();
        // Those that have just counted down are about to wait.
        Thread.sleep(200);
        bytes.runningBytes = (used() - before) / (double) n;
        bytes.registeredBytes = (registered - before) / (double) n;
        engine.stop();
        engine.close();
    }

    private static List<Spec> specs(int n, CountDownLatch atWork) {
        Body waiting = context -> {
            atWork.countDown();
            context.await();
        };
        return IntStream.range(0, n).mapToObj(i -> new Spec("s" + i, waiting)).toList();
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
