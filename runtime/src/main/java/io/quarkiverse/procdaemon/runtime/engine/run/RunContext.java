package io.quarkiverse.procdaemon.runtime.engine.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.Task;
import io.quarkiverse.procdaemon.Work;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.PhaseCode;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;

/**
 * What user code sees of its run. {@code reason} is written once, before the latch opens and before the actions are taken: who
 * sees one of these sees the reason. The last work to end reads {@code reason} after it has counted down, and the event loop
 * reads the count after writing {@code reason}, so at least one of them sees that all is done.
 */
final class RunContext implements SubsystemContext {
    private final String name;
    private final long generation;
    private final Run run;
    private final RunTasks tasks;
    private final Clock clock;
    /** Written before {@code reason}, read after it. */
    private long force;
    private volatile @Nullable ShutdownReason reason;
    private volatile boolean forced;
    private final StopSignal signal = new StopSignal();
    /** Null until it is asked for. The same for all: only its action can complete it. */
    private final AtomicReference<@Nullable CompletionStage<ShutdownReason>> shutdown = new AtomicReference<>();

    RunContext(String name, long generation, Run run, RunTasks tasks, Clock clock) {
        this.name = name;
        this.generation = generation;
        this.run = run;
        this.tasks = tasks;
        this.clock = clock;
    }

    /**
     * Takes effect once.
     *
     * @return the actions to run now, on a thread of the subsystem, in the order in which they were registered
     */
    List<Runnable> askToStop(ShutdownReason why, long untilForce) {
        force = untilForce;
        reason = why;
        signal.open();
        return signal.takeActions();
    }

    void force() {
        forced = true;
    }

    StopSignal signal() {
        return signal;
    }

    Run.@Nullable WorkInFlight beginWork() {
        if (isShutdown() || !tasks.beginWorkOfOthers()) {
            return null;
        }
        return new Piece();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public void heartbeat() {
        signal.heartbeat();
    }

    @Override
    public Work begin() {
        if (!tasks.beginWork()) {
            throw new DaemonStateException(ErrorCode.WRONG_STATE, "no work can begin in subsystem '" + this
                    + "' because that run is being cleaned up or has ended; check isShutdown() before begin()");
        }
        return new Piece();
    }

    @Override
    public boolean isShutdown() {
        return reason != null;
    }

    @Override
    public boolean isForced() {
        return forced;
    }

    @Override
    public Optional<ShutdownReason> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public void await() throws InterruptedException {
        signal.await();
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return signal.await(given(timeout, "timeout"));
    }

    @Override
    public boolean await(Supplier<Duration> timeout) throws InterruptedException {
        return signal.await(given(timeout, "supplier of the timeout"));
    }

    @Override
    public void fail(Throwable cause) {
        run.workThrew(Phase.REPORTED, given(cause, "cause of the failure"));
    }

    @Override
    public void fork(String task, Task code) {
        given(code, "task");
        if (given(task, "name of the task").isBlank()) {
            throw new IllegalArgumentException("the name of the task is blank");
        }
        if (!run.fork(task, context -> {
            code.run();
            return null;
        })) {
            throw new CancellationException("no task can begin in subsystem '" + this
                    + "' because that run was asked to stop or has ended; check isShutdown() before fork()");
        }
    }

    private static <T> T given(@Nullable T argument, String what) {
        if (argument == null) {
            throw new IllegalArgumentException("the " + what + " is null");
        }
        return argument;
    }

    @Override
    public Optional<Duration> remaining() {
        if (!isShutdown()) {
            return Optional.empty();
        }
        return Optional.of(forced ? Duration.ZERO : Duration.ofNanos(Math.max(0, force - clock.nanos())));
    }

    @Override
    public CompletionStage<ShutdownReason> whenShutdown() {
        if (shutdown.get() == null) {
            CompletableFuture<ShutdownReason> stage = new CompletableFuture<>();
            if (shutdown.compareAndSet(null, stage.minimalCompletionStage())) {
                onShutdown(() -> stage.complete(reason));
            }
        }
        return shutdown.get();
    }

    @Override
    public void onShutdown(Runnable action) {
        if (!signal.register(given(action, "action"))) {
            runAction(action);
        }
    }

    void runAction(Runnable action) {
        try {
            action.run();
        } catch (Throwable failure) {
            run.workThrew(Phase.SHUTDOWN_ACTIONS, failure);
        }
    }

    @Override
    public String toString() {
        return name + "#" + generation;
    }

    /** Named, as all that a stop needs: it is loaded before. */
    record ShutdownActions(RunContext context, List<Runnable> due) implements PhaseCode {
        @Override
        public @Nullable CompletionStage<?> perform(SubsystemContext any) {
            for (Runnable action : due) {
                context.runAction(action);
            }
            return null;
        }
    }

    private final class Piece extends AtomicBoolean implements Run.WorkInFlight {

        private static final long serialVersionUID = 1L;

        @Override
        public long generation() {
            return generation;
        }

        @Override
        public boolean hasRunFailed() {
            return tasks.hasFailed();
        }

        @Override
        public void close() {
            if (compareAndSet(false, true)) {
                run.endOne();
            }
        }

        /** Not counted as ended before the failure is known: else the run may end, and nobody would know that it failed. */
        @Override
        public void fail(Throwable cause) {
            if (compareAndSet(false, true)) {
                run.workThrew(Phase.WORK, cause);
            }
        }
    }
}
