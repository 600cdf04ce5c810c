package io.quarkiverse.procdaemon.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.EngineOptions;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Events;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Generation;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Lifecycle;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Phase;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Platform;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Reports;
import io.quarkiverse.procdaemon.runtime.engine.listen.Dispatcher;
import io.quarkiverse.procdaemon.runtime.engine.sequence.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkiverse.procdaemon.runtime.engine.thread.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.time.SystemTimer;
import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;

/**
 * What a body does in its inner loop, and an event that nobody hears; run it with {@code -prof gc} to see that none allocates.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
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
        Platform platform = new Platform(Ticker.SYSTEM, timer, new SystemThreads());
        SubsystemSettings settings = SubsystemSettings.DEFAULT.withHeartbeatTimeout(Duration.ofSeconds(1));
        CompletableFuture<SubsystemContext> body = new CompletableFuture<>();
        engine = new Engine(
                new EngineOptions("bench", ShutdownTimeouts.DEFAULT, platform, () -> 0, (name, restart, critical) -> settings,
                        List.of(), ProcessControl.NONE, Optional.empty()),
                List.of(new SubsystemSpec("watched", List.of(), Behavior.running(run -> {
                    body.complete(run);
                    while (!run.await(Duration.ofMillis(100))) {
                        run.heartbeat();
                    }
                    return null;
                }), settings)));
        engine.start();
        context = body.get();
        unobserved = new Lifecycle(new SubsystemSpec("unobserved", List.of(), Behavior.NONE, settings), platform,
                new Events(new Dispatcher(List.of(), platform.threads()), platform.ticker()), new Reports() {
                    @Override
                    public void ended(Generation generation, Phase phase, Throwable failure) {
                        // it has no code
                    }

                    @Override
                    public void errandFailed(Generation generation, Throwable cause) {
                        // it has no errands
                    }
                });
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        engine.stop(new ShutdownReason.Requested("the benchmark"));
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

    /** An event without a transition, of which nobody hears. */
    @Benchmark
    public void unobservedEvent() {
        unobserved.stopTimedOut();
    }
}
