package io.quarkiverse.procdaemon.bench.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.EngineOptions;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.LoneTimer;

/**
 * An engine with real time, real threads and no listeners. This is the only class of the benchmarks that knows how the engine
 * is built; {@code src/baseline} has the same class for an older one, with the same members.
 */
public final class EngineUnderTest implements AutoCloseable {

    private final Engine engine;

    private EngineUnderTest(List<SubsystemSpec> specs) {
        StoppingProcess process = new StoppingProcess();
        engine = new Engine(new EngineOptions("bench", ShutdownTimeouts.DEFAULT,
                new Platform(Clock.SYSTEM, new SystemThreads(), LoneTimer::new), new SplittableRandom()::nextDouble,
                (name, restart, critical) -> () -> SubsystemSettings.declared(restart, critical), List.of(), process,
                Optional.empty()), specs);
        process.engine = engine;
        // As the extension does.
        engine.loop().wake();
    }

    /** Makes engines of these subsystems, as often as asked; each can be started once. */
    public static Supplier<EngineUnderTest> of(List<Spec> specs) {
        List<SubsystemSpec> translated = specs.stream().map(EngineUnderTest::translated).toList();
        return () -> new EngineUnderTest(translated);
    }

    /** Starts all and waits until they are RUNNING. */
    public void start() {
        engine.start();
    }

    /** Stops all and waits until they have ended. */
    public void stop() {
        engine.stop(new ShutdownReason.Requested("the benchmark"));
    }

    /** The public face of it. */
    public Daemon daemon() {
        return engine;
    }

    /** Gives back what is left after the stop. */
    @Override
    public void close() {
        engine.loop().close();
    }

    private static SubsystemSpec translated(Spec spec) {
        Body body = spec.body();
        Behavior behavior = body == null ? Behavior.NONE : Behavior.running(context -> {
            body.run(context);
            return null;
        });
        return new SubsystemSpec(spec.name(), spec.dependsOn(), behavior, settings(spec.rules()));
    }

    private static SubsystemSettings settings(Spec.Rules rules) {
        return switch (rules) {
            case DEFAULT -> SubsystemSettings.DEFAULT;
            case WATCHED -> SubsystemSettings.DEFAULT.withHeartbeatTimeout(Duration.ofSeconds(1));
            case RESTARTED_AT_ONCE -> SubsystemSettings.DEFAULT
                    .withRestart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0)
                            .withBudget(RestartSettings.UNLIMITED, Duration.ofMinutes(5)));
        };
    }

    /** Does what Quarkus does on exit: it stops the engine. */
    private static final class StoppingProcess implements ProcessControl {

        private volatile Engine engine;

        @Override
        public void exit(int code) {
            // It must not block its caller.
            new Thread(() -> engine.stop(new ShutdownReason.Requested("exit")), "bench-exit").start();
        }

        @Override
        public void exitNow(int code) {
            NONE.exitNow(code);
        }

        @Override
        public boolean canHalt() {
            return false;
        }

        @Override
        public void halt(int code) {
            NONE.halt(code);
        }

        @Override
        public void print(String text) {
            NONE.print(text);
        }
    }
}
