package io.quarkiverse.procdaemon.bench;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.EngineOptions;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Jitter;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.SystemTimer;

/** Makes and stops the engines that are measured: real time and threads, no listeners. */
public final class Engines {

    private Engines() {
    }

    /** Time and threads of this JVM. */
    public static Platform platform(SystemTimer timer) {
        return new Platform(Clock.SYSTEM, timer, new SystemThreads());
    }

    /** An engine, not yet started, that stops itself when the process is to end. */
    public static Engine make(SystemTimer timer, List<SubsystemSpec> specs) {
        return make(timer, ShutdownTimeouts.DEFAULT, specs);
    }

    /** The same with other time-outs. */
    public static Engine make(SystemTimer timer, ShutdownTimeouts timeouts, List<SubsystemSpec> specs) {
        StoppingProcess process = new StoppingProcess();
        process.engine = new Engine(new EngineOptions("bench", timeouts, platform(timer), Jitter.random(),
                (name, restart, critical) -> () -> SubsystemSettings.declared(restart, critical), List.of(), process,
                Optional.empty()), specs);
        return process.engine;
    }

    /** Stops it and waits for its end. */
    public static void stop(Engine engine) {
        engine.stop(new ShutdownReason.Requested("the benchmark"));
    }

    /** Does what Quarkus does when it is told to exit: it stops the engine. */
    private static final class StoppingProcess implements ProcessControl {

        private volatile Engine engine;

        @Override
        public void exit(int code) {
            // It must not block its caller.
            new Thread(() -> stop(engine), "bench-exit").start();
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
