package io.quarkiverse.procdaemon.bench.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.procdaemon.SubsystemContext;

/**
 * From the call of {@code Daemon.shutdown()} until its caller knows that the first, or the last, of n bodies that wait for
 * their
 * handles runs again. Whether they wait without a bound or in slices must not matter: they are notified.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ShutdownBenchmark extends EngineState {

    private static final Duration SLICE = Duration.ofMillis(100);

    /** How many wait. */
    @Param({ "1", "100", "10000" })
    public int n;

    /** How long they wait at a time. */
    @Param({ "unbounded", "100ms" })
    public String await;

    private Supplier<EngineUnderTest> engines;
    private EngineUnderTest engine;
    private volatile CountDownLatch atWork;
    private volatile CountDownLatch first;
    private volatile CountDownLatch last;

    /** Describes the subsystems. */
    @Setup(Level.Trial)
    public void describe() {
        boolean sliced = !await.equals("unbounded");
        engines = EngineUnderTest.of(IntStream.range(0, n).mapToObj(i -> new Spec("s" + i, context -> {
            atWork.countDown();
            await(context, sliced);
            first.countDown();
            last.countDown();
        })).toList());
    }

    private static void await(SubsystemContext context, boolean sliced) throws InterruptedException {
        if (sliced) {
            while (!context.await(SLICE)) {
                Thread.onSpinWait();
            }
        } else {
            context.await();
        }
    }

    /** Starts all. */
    @Setup(Level.Invocation)
    public void start() throws InterruptedException {
        atWork = new CountDownLatch(n);
        first = new CountDownLatch(1);
        last = new CountDownLatch(n);
        engine = engines.get();
        engine.start();
        atWork.await();
        // Those that have just counted down are about to wait.
        Thread.sleep(1);
    }

    /** Waits for the end. */
    @TearDown(Level.Invocation)
    public void end() {
        engine.stop();
        engine.close();
    }

    /** Until the first is notified. */
    @Benchmark
    public void toTheFirst() throws InterruptedException {
        engine.daemon().shutdown();
        first.await();
    }

    /** Until all are. */
    @Benchmark
    public void toTheLast() throws InterruptedException {
        engine.daemon().shutdown();
        last.await();
    }
}
