package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;

@Timeout(60)
class HandleTest {

    private static final int ROUNDS = 2_000;
    private static final int REGISTRARS = 3;
    private static final int ACTIONS = 10;

    private final ShutdownReason why = new ShutdownReason.Requested("the test");

    private List<Runnable> fire(Handle handle) {
        return handle.fire(why, Deadline.after(Ticker.SYSTEM, Duration.ofSeconds(5)));
    }

    @Test
    void theActionsAreDueInTheOrderOfTheirRegistrationAndLaterOnesRunAtOnce() {
        Handle handle = new Handle("a", 1, null);
        List<String> calls = new ArrayList<>();
        for (String call : List.of("first", "second", "third")) {
            handle.onShutdown(() -> calls.add(call));
        }
        List<Runnable> due = fire(handle);
        assertThat(calls).isEmpty();
        handle.run(due);
        handle.onShutdown(() -> calls.add("late"));
        assertThat(calls).containsExactly("first", "second", "third", "late");
    }

    @Test
    void nothingIsDueWhereNothingWasRegistered() {
        assertThat(fire(new Handle("a", 1, null))).isNull();
    }

    /** However registering and firing race. */
    @Test
    void eachActionRunsOnceAndSeesTheReason() throws Exception {
        CyclicBarrier together = new CyclicBarrier(REGISTRARS + 1);
        Handle[] handles = IntStream.range(0, ROUNDS).mapToObj(round -> new Handle("a", round, null)).toArray(Handle[]::new);
        AtomicIntegerArray runs = new AtomicIntegerArray(ROUNDS * REGISTRARS * ACTIONS);
        List<CompletableFuture<Void>> registrars = IntStream.range(0, REGISTRARS)
                .mapToObj(registrar -> CompletableFuture.runAsync(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        Handle handle = handles[round];
                        await(together);
                        for (int i = 0; i < ACTIONS; i++) {
                            int action = (round * REGISTRARS + registrar) * ACTIONS + i;
                            handle.onShutdown(() -> runs.addAndGet(action, handle.isShutdown() ? 1 : 100));
                        }
                    }
                }, task -> new Thread(task).start())).toList();
        for (Handle handle : handles) {
            await(together);
            List<Runnable> due = fire(handle);
            if (due != null) {
                handle.run(due);
            }
        }
        for (CompletableFuture<Void> registrar : registrars) {
            registrar.get(20, TimeUnit.SECONDS);
        }
        assertThat(IntStream.range(0, runs.length()).filter(action -> runs.get(action) != 1)).isEmpty();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception late) {
            throw new AssertionError("the others did not come", late);
        }
    }
}
