package io.quarkiverse.procdaemon.bench.engine;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

/**
 * From a crash of a body until the next run is RUNNING with its body at work, without a back-off. Twenty crashes in a row,
 * so that nobody has to spin beside them: on two cores a third thread that spins costs the others more than what is measured.
 * When they are over, all subscribers to {@code Daemon.events()} know the last run.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RestartBenchmark extends EngineState {

    private static final int CRASHES = 20;
    private static final RuntimeException CRASH = new RuntimeException("crash", null, false, false) {

        private static final long serialVersionUID = 1L;
    };

    /** How many subscribe to the events. */
    @Param({ "0", "1", "8" })
    public int subscribers;

    private EngineUnderTest engine;
    private List<Started> all;
    private final Semaphore again = new Semaphore(0);
    private volatile CountDownLatch known;

    /** Starts a daemon of one subsystem. */
    @Setup
    public void start() throws InterruptedException {
        engine = EngineUnderTest.of(List.of(new Spec("crashing", List.of(), context -> {
            if (context.generation() % CRASHES == 1) {
                known.countDown();
                again.acquire();
            }
            throw CRASH;
        }, Spec.Rules.RESTARTED_AT_ONCE))).get();
        all = Stream.generate(Started::new).limit(subscribers).toList();
        all.forEach(engine.daemon().events()::subscribe);
        known = new CountDownLatch(1 + subscribers);
        engine.start();
        known.await();
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        engine.stop();
        engine.close();
    }

    /** From the first crash until all know of the last run. */
    @Benchmark
    @OperationsPerInvocation(CRASHES)
    public void crashToRunning() throws InterruptedException {
        known = new CountDownLatch(1 + subscribers);
        again.release();
        known.await();
    }

    /** A subscriber that wants all events. */
    private final class Started implements Flow.Subscriber<SubsystemEvent> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(SubsystemEvent event) {
            if (event instanceof SubsystemEvent.Started && event.generation() % CRASHES == 1) {
                known.countDown();
            }
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            // The benchmark is over.
        }
    }
}
