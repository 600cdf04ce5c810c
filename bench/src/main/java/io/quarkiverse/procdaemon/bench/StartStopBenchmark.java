package io.quarkiverse.procdaemon.bench;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

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

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.EngineOptions;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Platform;
import io.quarkiverse.procdaemon.runtime.engine.sequence.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Jitter;
import io.quarkiverse.procdaemon.runtime.engine.thread.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.time.SystemTimer;
import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;

/**
 * From the call of start until all of n independent subsystems are RUNNING, and from the call of stop until all have ended.
 * Each has a body that waits for its handle, on a thread of its own.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class StartStopBenchmark {

    /** A daemon that is neither started nor stopped, and how to do both. */
    @State(Scope.Benchmark)
    public static class Subject {

        /** How many subsystems. */
        @Param({ "1", "3", "100", "1000", "10000" })
        public int n;

        private final SystemTimer timer = new SystemTimer("bench-timer");
        private List<SubsystemSpec> specs;
        private Engine engine;

        /** Makes the specifications. */
        @Setup(Level.Trial)
        public void specify() {
            Behavior waiting = Behavior.running(context -> {
                context.await();
                return null;
            });
            specs = IntStream.range(0, n)
                    .mapToObj(i -> new SubsystemSpec("s" + i, List.of(), waiting, SubsystemSettings.DEFAULT)).toList();
        }

        void make() {
            engine = new Engine(new EngineOptions("bench", ShutdownTimeouts.DEFAULT,
                    new Platform(Ticker.SYSTEM, timer, new SystemThreads()), Jitter.random(),
                    (name, restart, critical) -> SubsystemSettings.declared(restart, critical), List.of(), ProcessControl.NONE,
                    Optional.empty()), specs);
        }

        void stop() {
            engine.stop(new ShutdownReason.Requested("the benchmark"));
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
        public void start(Subject subject) {
            subject.make();
            subject.engine.start();
        }
    }

    /** Starts n subsystems. */
    @Benchmark
    public void start(Subject subject, ToStart when) {
        subject.engine.start();
    }

    /** Stops n subsystems. */
    @Benchmark
    public void stop(Subject subject, ToStop when) {
        subject.stop();
    }
}
