package io.quarkiverse.procdaemon.bench;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.time.SystemTimer;

/**
 * How long it takes to make a daemon of n subsystems, from the call of start until all are RUNNING with their bodies at work,
 * and from the call of stop until all have ended. Each has a body that waits for its handle, on a thread of its own. The raw
 * ones are what one would write by hand: n virtual threads that wait for a latch, a latch for each or one for all, and count
 * down another at their end; platform threads where there are no virtual ones. The heap is touched beforehand, because the
 * first touch of each page would take longer than all else.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = { "-Xms4g", "-Xmx4g", "-Xmn2500m", "-XX:+UseTransparentHugePages", "-XX:+AlwaysPreTouch" })
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class StartStopBenchmark {

    /** How many, and how many of them are at work. */
    @State(Scope.Benchmark)
    public static class Size {

        /** How many subsystems or threads. */
        @Param({ "1", "3", "100", "1000", "10000", "100000" })
        public int n;

        private volatile CountDownLatch idle;

        void reset() {
            idle = new CountDownLatch(n);
        }

        void atWork() {
            idle.countDown();
        }

        void awaitAllAtWork() throws InterruptedException {
            idle.await();
        }
    }

    /** A daemon that is neither started nor stopped, and how to do both. */
    @State(Scope.Benchmark)
    public static class Subject {

        /** What depends on what. */
        @Param({ "flat", "chains", "dag" })
        public String shape;

        private final SystemTimer timer = new SystemTimer("bench-timer");
        private Size size;
        private List<SubsystemSpec> specs;
        private Engine engine;

        /** Makes the specifications. */
        @Setup(Level.Trial)
        public void specify(Size size) {
            this.size = size;
            Behavior waiting = Behavior.running(context -> {
                size.atWork();
                context.await();
                return null;
            });
            specs = Shape.valueOf(shape.toUpperCase(Locale.ROOT)).specs(size.n, waiting);
        }

        void make() {
            size.reset();
            engine = register();
        }

        Engine register() {
            return Engines.make(timer, specs);
        }

        void start() throws InterruptedException {
            engine.start();
            size.awaitAllAtWork();
        }

        void stop() {
            Engines.stop(engine);
        }

        /** Ends the timer. */
        @TearDown(Level.Trial)
        public void close() {
            timer.close();
        }
    }

    /** A daemon to be started; stopped outside the measured time. */
    @State(Scope.Benchmark)
    public static class ToStart {

        /** Makes it. */
        @Setup(Level.Invocation)
        public void make(Subject subject) {
            subject.make();
        }

        /** Stops it. */
        @TearDown(Level.Invocation)
        public void stop(Subject subject) {
            subject.stop();
        }
    }

    /** A daemon that has been started. */
    @State(Scope.Benchmark)
    public static class ToStop {

        /** Makes and starts it. */
        @Setup(Level.Invocation)
        public void start(Subject subject) throws InterruptedException {
            subject.make();
            subject.start();
        }
    }

    /** Threads to be started; stopped outside the measured time. */
    @State(Scope.Benchmark)
    public static class RawToStart {

        /** Forgets the last ones. */
        @Setup(Level.Invocation)
        public void make(RawThreads raw, Size size) {
            raw.make(size);
        }

        /** Stops them. */
        @TearDown(Level.Invocation)
        public void stop(RawThreads raw) throws InterruptedException {
            raw.stop();
        }
    }

    /** Threads that have been started. */
    @State(Scope.Benchmark)
    public static class RawToStop {

        /** Starts them. */
        @Setup(Level.Invocation)
        public void start(RawThreads raw, Size size) throws InterruptedException {
            raw.make(size);
            raw.start();
        }
    }

    /** Makes a daemon of n specifications. */
    @Benchmark
    public Engine register(Subject subject) {
        return subject.register();
    }

    /** Starts n subsystems. */
    @Benchmark
    public void start(Subject subject, ToStart when) throws InterruptedException {
        subject.start();
    }

    /** Stops n subsystems. */
    @Benchmark
    public void stop(Subject subject, ToStop when) {
        subject.stop();
    }

    /** Starts n virtual threads. */
    @Benchmark
    public void startRaw(RawThreads raw, RawToStart when) throws InterruptedException {
        raw.start();
    }

    /** Stops n virtual threads. */
    @Benchmark
    public void stopRaw(RawThreads raw, RawToStop when) throws InterruptedException {
        raw.stop();
    }
}
