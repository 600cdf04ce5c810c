package io.quarkiverse.procdaemon.bench.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemInfo;

/** What a body does in its inner loop, and what others ask about it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HotPathBenchmark extends EngineState {

    private EngineUnderTest engine;
    private SubsystemContext context;

    private volatile boolean field;

    /** Starts a daemon of one subsystem that is watched. */
    @Setup
    public void start() throws Exception {
        CompletableFuture<SubsystemContext> body = new CompletableFuture<>();
        engine = EngineUnderTest.of(List.of(new Spec("watched", List.of(), run -> {
            body.complete(run);
            while (!run.await(Duration.ofMillis(100))) {
                run.heartbeat();
            }
        }, Spec.Rules.WATCHED))).get();
        engine.start();
        context = body.get();
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        engine.stop();
        engine.close();
    }

    /** "I am alive". */
    @Benchmark
    public void heartbeat() {
        context.heartbeat();
    }

    /** "Am I to stop?". */
    @Benchmark
    public boolean isShutdown() {
        return context.isShutdown();
    }

    /** "How is the daemon?". */
    @Benchmark
    public DaemonState state() {
        return engine.daemon().state();
    }

    /** "How is that subsystem?": a snapshot is made. */
    @Benchmark
    public Optional<SubsystemInfo> snapshot() {
        return engine.daemon().subsystem("watched");
    }

    /** For comparison: what it costs to be measured. */
    @Benchmark
    public boolean nothing() {
        return true;
    }

    /** For comparison: reading a volatile field. */
    @Benchmark
    public boolean volatileField() {
        return field;
    }
}
