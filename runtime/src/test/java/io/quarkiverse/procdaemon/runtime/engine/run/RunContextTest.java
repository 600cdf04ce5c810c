package io.quarkiverse.procdaemon.runtime.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.LoneTimer;

@Timeout(60)
class RunContextTest {

    private static final int ROUNDS = 500;
    private static final int ACTIONS = 2_000;

    private final ShutdownReason why = new ShutdownReason.Requested("the test");

    private List<Runnable> fire(RunContext handle) {
        return handle.askToStop(why, Clock.SYSTEM.nanos() + Duration.ofSeconds(5).toNanos());
    }

    @Test
    void theActionsAreDueInTheOrderOfTheirRegistrationAndLaterOnesRunAtOnce() {
        RunContext handle = new RunContext("a", 1, null, new RunTasks(), Clock.SYSTEM);
        List<String> calls = new ArrayList<>();
        for (String call : List.of("first", "second", "third")) {
            handle.onShutdown(() -> calls.add(call));
        }
        List<Runnable> due = fire(handle);
        assertThat(calls).isEmpty();
        due.forEach(handle::runAction);
        handle.onShutdown(() -> calls.add("late"));
        assertThat(calls).containsExactly("first", "second", "third", "late");
    }

    @Test
    void nothingIsDueWhereNothingWasRegistered() {
        assertThat(fire(new RunContext("a", 1, null, new RunTasks(), Clock.SYSTEM))).isEmpty();
    }

    /** However often it is asked for, it takes the memory of one. */
    @Test
    void thereIsOneStageForAllWhoAsk() {
        RunContext handle = new RunContext("a", 1, null, new RunTasks(), Clock.SYSTEM);
        CompletionStage<ShutdownReason> stage = handle.whenShutdown();
        for (int i = 0; i < 1_000; i++) {
            assertThat((Object) handle.whenShutdown()).isSameAs(stage);
        }
        List<Runnable> due = fire(handle);
        assertThat(due).hasSize(1);
        due.forEach(handle::runAction);
        assertThat(stage.toCompletableFuture()).isCompletedWithValue(why);
        assertThat(handle.whenShutdown().toCompletableFuture()).isCompletedWithValue(why);
    }

    @Test
    void whatOneCallerDoesWithTheStageOthersDoNotNotice() {
        RunContext handle = new RunContext("a", 1, null, new RunTasks(), Clock.SYSTEM);
        CompletableFuture<ShutdownReason> copy = handle.whenShutdown().toCompletableFuture();
        CompletableFuture<ShutdownReason> other = handle.whenShutdown().toCompletableFuture();
        List<ShutdownReason> heard = new ArrayList<>();
        handle.whenShutdown().thenAccept(heard::add);
        handle.whenShutdown().thenAccept(reason -> {
            throw new IllegalStateException("a caller");
        });
        handle.whenShutdown().thenAccept(heard::add);
        assertThat(copy.complete(new ShutdownReason.Requested("a caller"))).isTrue();
        copy.obtrudeException(new IllegalStateException("a caller"));
        handle.whenShutdown().toCompletableFuture().cancel(true);
        assertThat(other).isNotDone();
        fire(handle).forEach(handle::runAction);
        assertThat(other).isCompletedWithValue(why);
        assertThat(heard).containsExactly(why, why);
        assertThat(handle.whenShutdown().toCompletableFuture()).isCompletedWithValue(why);
    }

    /** A run that ends, between its last RUNNING and the next start. */
    @Test
    void aStatusIsOfItsOwnRunOnly() {
        Status running = new Status(0).nextGeneration(0).to(SubsystemState.RUNNING, 0);
        SubsystemSpec spec = new SubsystemSpec("a", List.of(), Behavior.NONE, SubsystemSettings.DEFAULT);
        Platform platform = new Platform(Clock.SYSTEM, new SystemThreads(), LoneTimer::new);
        Run first = new Run(spec, 1, platform, null, () -> false);
        assertThat(first.number()).isEqualTo(running.generation());
        assertThat(first.isRunningIn(running)).isTrue();
        assertThat(first.isRunningIn(running.to(SubsystemState.STOPPING, 0))).isFalse();
        Run next = new Run(spec, 2, platform, null, () -> false);
        assertThat(next.number()).isNotEqualTo(running.generation());
        assertThat(next.isRunningIn(running)).as("it starts only").isFalse();
    }

    /** Who sees that the end has come can ask at once how much time is left. */
    @Test
    void whoSeesTheReasonSeesTheDeadline() throws Exception {
        RunContext[] handles = IntStream.range(0, 2_000)
                .mapToObj(round -> new RunContext("a", round, null, new RunTasks(), Clock.SYSTEM))
                .toArray(RunContext[]::new);
        AtomicInteger at = new AtomicInteger(-1);
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            for (int round = 0; round < handles.length; round++) {
                at.set(round);
                while (handles[round].remaining().isEmpty()) {
                    Thread.onSpinWait();
                }
            }
        }, task -> new Thread(task).start());
        for (int round = 0; round < handles.length && !reader.isDone(); round++) {
            while (at.get() < round && !reader.isDone()) {
                Thread.yield();
            }
            fire(handles[round]);
        }
        reader.get(20, TimeUnit.SECONDS);
    }

    /** However registering and firing race: it fires while the other is at it. */
    @Test
    void eachActionRunsOnceAndSeesTheReason() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        RunContext[] handles = IntStream.range(0, ROUNDS)
                .mapToObj(round -> new RunContext("a", round, null, new RunTasks(), Clock.SYSTEM))
                .toArray(RunContext[]::new);
        CompletableFuture<Long> wrong = CompletableFuture.supplyAsync(() -> register(handles, together),
                task -> new Thread(task).start());
        for (int round = 0; round < ROUNDS; round++) {
            await(together);
            for (int spins = 0; spins < round * 10; spins++) {
                Thread.onSpinWait();
            }
            List<Runnable> due = fire(handles[round]);
            if (due != null) {
                due.forEach(handles[round]::runAction);
            }
            await(together);
        }
        assertThat(wrong.get(20, TimeUnit.SECONDS)).isZero();
    }

    /** How many of the actions did not run once, after the reason was there. */
    private static long register(RunContext[] handles, CyclicBarrier together) {
        long wrong = 0;
        for (RunContext handle : handles) {
            AtomicIntegerArray runs = new AtomicIntegerArray(ACTIONS);
            await(together);
            for (int i = 0; i < ACTIONS; i++) {
                int action = i;
                handle.onShutdown(() -> runs.addAndGet(action, handle.isShutdown() ? 1 : 100));
            }
            await(together);
            wrong += IntStream.range(0, ACTIONS).filter(action -> runs.get(action) != 1).count();
        }
        return wrong;
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception late) {
            throw new AssertionError("the others did not come", late);
        }
    }
}
