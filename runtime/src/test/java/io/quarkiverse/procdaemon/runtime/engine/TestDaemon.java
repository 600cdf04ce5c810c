package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.HealthCheck;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.Interval;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.PhaseCode;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.ReloadCode;
import io.quarkiverse.procdaemon.runtime.engine.graph.SettingsSource;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ReloadVote;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/** An engine on a virtual clock, and the subsystems to put in it. */
final class TestDaemon {

    static final ShutdownReason REASON = new ShutdownReason.Requested("the test");

    /** Code that needs no context and returns nothing. */
    interface Body {
        void run(SubsystemContext context) throws Throwable;
    }

    /** A specification under construction. */
    static final class Part {
        private final String name;
        private final List<String> dependsOn;
        private PhaseCode onStart;
        private PhaseCode run;
        private PhaseCode onStop;
        private HealthCheck healthy;
        private ReloadCode onReload;
        private Interval every;
        private List<String> restartOn = List.of();
        private volatile SubsystemSettings settings = SubsystemSettings.declared(RestartPolicy.NEVER, true);
        private Supplier<SubsystemSettings> source = () -> settings;

        private Part(String name, List<String> dependsOn) {
            this.name = name;
            this.dependsOn = dependsOn;
        }

        Part onStart(Body body) {
            onStart = action(body);
            return this;
        }

        Part onStartAsync(PhaseCode action) {
            onStart = action;
            return this;
        }

        Part run(Body body) {
            run = action(body);
            return this;
        }

        Part runAsync(PhaseCode action) {
            run = action;
            return this;
        }

        Part onStop(Body body) {
            onStop = action(body);
            return this;
        }

        Part healthy(HealthCheck probe) {
            healthy = probe;
            return this;
        }

        Part onReload(ReloadCode reaction) {
            onReload = reaction;
            return this;
        }

        /** Its body is called again and again. */
        Part every(Interval interval) {
            every = interval;
            return this;
        }

        Part restartOn(String... prefixes) {
            restartOn = List.of(prefixes);
            return this;
        }

        /** Where the settings come from instead. */
        Part source(Supplier<SubsystemSettings> other) {
            source = other;
            return this;
        }

        /** Restarted after a failure, with the default delays but no chance in them. */
        Part restart(UnaryOperator<RestartSettings> change) {
            return settings(settings -> settings
                    .withRestart(restart -> change.apply(restart.withPolicy(RestartPolicy.ON_FAILURE))));
        }

        Part critical(boolean value) {
            return settings(settings -> settings.withCritical(value)
                    .withRestart(restart -> restart.withShutdownWhenExhausted(value)));
        }

        /** Takes effect at once; what is armed already wants {@link Engine#settingsChanged()} besides. */
        Part settings(UnaryOperator<SubsystemSettings> change) {
            settings = change.apply(settings);
            return this;
        }

        SubsystemSpec spec() {
            return new SubsystemSpec(name, dependsOn, new Behavior(onStart, run, onStop, healthy, onReload, every), source,
                    restartOn);
        }

        private static PhaseCode action(Body body) {
            return context -> {
                body.run(context);
                return null;
            };
        }
    }

    final VirtualTime time = new VirtualTime();
    final Events events = new Events();
    final TestProcess process = new TestProcess();
    final CompletableFuture<Integer> exit = process.exit;
    final List<SubsystemListener> listeners = new ArrayList<>(List.of(events));
    private final List<Part> parts = new ArrayList<>();
    private Engine engine;

    DoubleSupplier jitter = () -> 0;
    boolean retriesStart = true;
    UnaryOperator<String> mask = UnaryOperator.identity();

    SettingsSource registered = (name, restart, critical) -> () -> SubsystemSettings.declared(restart, critical);

    /** Throws if a lone timer of that name is to find no memory for a task after that time. */
    volatile BiConsumer<String, Duration> loneRefusal = (name, delay) -> {
    };
    /** Throws for the names of threads that are not to be had. */
    Consumer<String> threadRefusal = name -> {
    };

    /** How long a thread that has nothing more to do waits for more. */
    Duration linger = Duration.ZERO;

    private Threads threads() {
        SystemThreads threads = new SystemThreads();
        return new Threads() {
            @Override
            public Thread start(ThreadKind kind, String name, Runnable task) {
                threadRefusal.accept(name);
                return threads.start(kind, name, task);
            }

            @Override
            public long linger() {
                return linger.toNanos();
            }
        };
    }

    Part add(String name, String... dependsOn) {
        Part part = new Part(name, List.of(dependsOn));
        parts.add(part);
        return part;
    }

    /** Like the system's, it has one task, and may find no memory for that. */
    private Timer lone(String name) {
        Timer.Timeout[] last = { () -> {
        } };
        return (task, delay) -> {
            loneRefusal.accept(name, delay);
            last[0].cancel();
            last[0] = time.schedule(task, delay);
            return last[0];
        };
    }

    Engine engine() {
        if (engine == null) {
            engine = new Engine(
                    new EngineOptions("test", ShutdownTimeouts.DEFAULT,
                            new Platform(time, threads(), this::lone).masking(mask),
                            jitter,
                            (name, restart, critical) -> registered.of(name, restart, critical), listeners,
                            process, Optional.empty()).withRetriesStart(retriesStart),
                    parts.stream().map(Part::spec).toList());
            time.drive(engine.loop(), this::awaitLoop);
        }
        return engine;
    }

    /** Waits until the event loop has handled all that was posted. */
    void awaitLoop() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        post(() -> done.complete(null));
        get(done);
    }

    /** Asks the subsystems about a reload. */
    CompletionStage<List<String>> ask(Predicate<String> affected, Duration timeout, ConfigChange change, ConfigChange inverse,
            Runnable commit) {
        return engine().ask(new ReloadVote.Proposal(affected, timeout, change, inverse, commit));
    }

    /** Has something run on the event loop. */
    void post(Message.Step step) {
        engine().loop().post(step);
    }

    TestDaemon started() {
        engine().start();
        return this;
    }

    void stop() {
        engine().stop(REASON);
        if (listeners.contains(events)) {
            events.awaitEnd();
        }
        engine().loop().close();
    }

    /** Stops on a thread of its own, for tests that have something to do meanwhile. */
    CompletableFuture<Void> stopLater() {
        return CompletableFuture.runAsync(this::stop, task -> new Thread(task).start());
    }

    SubsystemInfo info(String name) {
        return engine().subsystem(name).orElseThrow();
    }

    /** The last failure of a subsystem, as people read it. */
    String failure(String name) {
        return Thrown.summary(info(name).lastFailure().orElseThrow());
    }

    SubsystemState state(String name) {
        return info(name).state();
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(failed.getCause());
        } catch (Exception late) {
            throw new AssertionError("no result", late);
        }
    }

    /** Waits for the latch, however often interrupted: a body that ignores its interrupt. Ends by itself some day. */
    static void ignoringInterrupts(CountDownLatch latch) {
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (latch.getCount() > 0 && System.nanoTime() < end) {
            try {
                latch.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
