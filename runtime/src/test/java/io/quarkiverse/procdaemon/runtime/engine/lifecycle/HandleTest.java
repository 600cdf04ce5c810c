package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;

@Timeout(60)
class HandleTest {

    private static final int ROUNDS = 5_000;
    private static final int REGISTRARS = 3;

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

    /** However registering and firing race: it fires while all are at it. */
    @Test
    void eachActionRunsOnceAndSeesTheReason() throws Exception {
        CyclicBarrier together = new CyclicBarrier(REGISTRARS + 1);
        Handle[] handles = IntStream.range(0, ROUNDS).mapToObj(round -> new Handle("a", round, null)).toArray(Handle[]::new);
        List<CompletableFuture<Long>> registrars = IntStream.range(0, REGISTRARS)
                .mapToObj(registrar -> CompletableFuture.supplyAsync(() -> wrong(handles, together),
                        task -> new Thread(task).start()))
                .toList();
        for (Handle handle : handles) {
            await(together);
            List<Runnable> due = fire(handle);
            if (due != null) {
                handle.run(due);
            }
            await(together);
        }
        for (CompletableFuture<Long> registrar : registrars) {
            assertThat(registrar.get(20, TimeUnit.SECONDS)).isZero();
        }
    }

    /** How many of the actions registered with each until it has fired did not run once, after the reason was there. */
    private static long wrong(Handle[] handles, CyclicBarrier together) {
        long wrong = 0;
        for (Handle handle : handles) {
            List<AtomicInteger> runs = new ArrayList<>();
            await(together);
            do {
                AtomicInteger ran = new AtomicInteger();
                runs.add(ran);
                handle.onShutdown(() -> ran.addAndGet(handle.isShutdown() ? 1 : 100));
            } while (!handle.isShutdown());
            await(together);
            wrong += runs.stream().filter(ran -> ran.get() != 1).count();
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
