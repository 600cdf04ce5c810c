package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.EngineOptions;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.LoneTimer;

/** An engine on the clock of the system, whose subsystems are not critical and wait a day before they start again. */
final class RealDaemon implements AutoCloseable {

    static final ShutdownReason REASON = new ShutdownReason.Requested("the test");

    final Engine engine;

    private RealDaemon(Engine engine) {
        this.engine = engine;
    }

    static final class Parts {
        private final List<SubsystemSpec> specs = new ArrayList<>();
        private UnaryOperator<String> mask = UnaryOperator.identity();

        Parts add(String name, Behavior behavior, String... dependsOn) {
            specs.add(new SubsystemSpec(name, List.of(dependsOn), behavior,
                    SubsystemSettings.declared(RestartPolicy.ON_FAILURE, false).withRestart(restart -> slow())));
            return this;
        }

        private static SubsystemSettings.RestartSettings slow() {
            return new SubsystemSettings.RestartSettings(RestartPolicy.ON_FAILURE, Duration.ofDays(1), Duration.ofDays(1), 1, 0,
                    10, Duration.ofDays(2), Duration.ofSeconds(30), false);
        }

        Parts masking(UnaryOperator<String> secrets) {
            mask = secrets;
            return this;
        }

        RealDaemon start() {
            Engine engine = new Engine(new EngineOptions("pumps", ShutdownTimeouts.DEFAULT,
                    new Platform(Clock.SYSTEM, new SystemThreads(), LoneTimer::new).masking(mask), () -> 0,
                    (name, restart, critical) -> () -> SubsystemSettings.DEFAULT, List.of(), ProcessControl.NONE,
                    Optional.empty()), specs);
            engine.start();
            return new RealDaemon(engine);
        }
    }

    static Parts of() {
        return new Parts();
    }

    void await(String name, SubsystemState state) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (engine.subsystem(name).orElseThrow().state() != state) {
            if (System.nanoTime() > end) {
                throw new AssertionError(engine.subsystem(name) + " is not " + state);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        engine.stop(REASON);
        engine.loop().close();
    }
}
