package io.quarkiverse.procdaemon.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.events.Dispatcher;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.run.Lifecycle;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.time.SystemTimer;

/**
 * What a body does in its inner loop, what others ask about it, and an event that nobody hears; run it with {@code -prof gc} to
 * see that none allocates.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = { "-Xms1g", "-Xmx1g", "-XX:+UseTransparentHugePages", "-XX:+AlwaysPreTouch" })
@State(Scope.Benchmark)
public class HotPathBenchmark {

    private SystemTimer timer;
    private Engine engine;
    private SubsystemContext context;
    private Lifecycle unobserved;

    /** Starts a daemon of one subsystem that is watched. */
    @Setup
    public void start() throws Exception {
        timer = new SystemTimer("bench-timer");
        Platform platform = Engines.platform(timer);
        SubsystemSettings settings = SubsystemSettings.DEFAULT.withHeartbeatTimeout(Duration.ofSeconds(1));
        CompletableFuture<SubsystemContext> body = new CompletableFuture<>();
        engine = Engines.make(timer, List.of(new SubsystemSpec("watched", List.of(), Behavior.running(run -> {
            body.complete(run);
            while (!run.await(Duration.ofMillis(100))) {
                run.heartbeat();
            }
            return null;
        }), settings)));
        engine.start();
        context = body.get();
        unobserved = Idle.lifecycle(platform, new Dispatcher(List.of(), platform.threads()));
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        Engines.stop(engine);
        timer.close();
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

    /** For comparison: what it costs to be measured. */
    @Benchmark
    public boolean nothing() {
        return true;
    }

    /** "How is the daemon?". */
    @Benchmark
    public DaemonState state() {
        return engine.state();
    }

    /** "How is that subsystem?": a snapshot is made. */
    @Benchmark
    public Optional<SubsystemInfo> snapshot() {
        return engine.subsystem("watched");
    }

    /** An event without a transition, of which nobody hears. */
    @Benchmark
    public void unobservedEvent() {
        unobserved.stopTimedOut();
    }
}
