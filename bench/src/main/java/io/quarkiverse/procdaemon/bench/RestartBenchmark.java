package io.quarkiverse.procdaemon.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.time.SystemTimer;

/**
 * From a crash of a body to the next run being RUNNING and its body at work, without a back-off. Both sides spin, so that what
 * is measured is the engine and the start of a thread, not how long a parked thread takes to wake up.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = { "-Xms1g", "-Xmx1g", "-XX:+UseTransparentHugePages", "-XX:+AlwaysPreTouch" })
@State(Scope.Benchmark)
public class RestartBenchmark {

    private static final RuntimeException CRASH = new RuntimeException("crash", null, false, false) {
        private static final long serialVersionUID = 1L;
    };

    private SystemTimer timer;
    private Engine engine;
    private volatile long crash;
    private volatile long running;

    /** Starts a daemon of one subsystem. */
    @Setup
    public void start() {
        timer = new SystemTimer("bench-timer");
        SubsystemSettings settings = SubsystemSettings.DEFAULT
                .withRestart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0)
                        .withBudget(RestartSettings.UNLIMITED, Duration.ofMinutes(5)));
        Behavior crashing = new Behavior(null, context -> {
            running = context.generation();
            while (crash != context.generation() && !context.isShutdown()) {
                Thread.onSpinWait();
            }
            throw CRASH;
        }, null, null);
        engine = Engines.make(timer, List.of(new SubsystemSpec("crashing", List.of(), crashing, settings)));
        engine.start();
        awaitRun(1);
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        Engines.stop(engine);
        timer.close();
    }

    /** One crash. */
    @Benchmark
    public SubsystemState crashToRunning() {
        long generation = running;
        crash = generation;
        awaitRun(generation + 1);
        return engine.subsystem("crashing").orElseThrow().state();
    }

    private void awaitRun(long generation) {
        while (running != generation) {
            Thread.onSpinWait();
        }
    }
}
