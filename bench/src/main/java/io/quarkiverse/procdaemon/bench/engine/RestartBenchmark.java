package io.quarkiverse.procdaemon.bench.engine;

import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

/**
 * From a crash of a body until the next run is RUNNING with its body at work, and all subscribers to {@code Daemon.events()}
 * know
 * it; without a back-off. All spin, so that what is measured is the engine and the start of threads, not how long a parked
 * thread
 * takes to wake up.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RestartBenchmark extends EngineState {

    private static final RuntimeException CRASH = new RuntimeException("crash", null, false, false) {

        private static final long serialVersionUID = 1L;
    };

    /** How many subscribe to the events. */
    @Param({ "0", "1", "8" })
    public int subscribers;

    private EngineUnderTest engine;
    private List<Started> all;
    private volatile long crash;
    private volatile long running;

    /** Starts a daemon of one subsystem. */
    @Setup
    public void start() {
        engine = EngineUnderTest.of(List.of(new Spec("crashing", List.of(), context -> {
            running = context.generation();
            while (crash != context.generation() && !context.isShutdown()) {
                Thread.onSpinWait();
            }
            throw CRASH;
        }, Spec.Rules.RESTARTED_AT_ONCE))).get();
        all = Stream.generate(Started::new).limit(subscribers).toList();
        all.forEach(engine.daemon().events()::subscribe);
        engine.start();
        awaitRun(1);
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        engine.stop();
        engine.close();
    }

    /** One crash. */
    @Benchmark
    public void crashToRunning() {
        long generation = running;
        crash = generation;
        awaitRun(generation + 1);
    }

    private void awaitRun(long generation) {
        while (running != generation) {
            Thread.onSpinWait();
        }
        for (Started each : all) {
            while (each.generation != generation) {
                Thread.onSpinWait();
            }
        }
    }

    /** A subscriber that wants all events, and remembers the run that started last. */
    private static final class Started implements Flow.Subscriber<SubsystemEvent> {

        private volatile long generation;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(SubsystemEvent event) {
            if (event instanceof SubsystemEvent.Started) {
                generation = event.generation();
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
