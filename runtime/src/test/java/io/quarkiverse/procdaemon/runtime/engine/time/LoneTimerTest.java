package io.quarkiverse.procdaemon.runtime.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoneTimerTest {

    private static final Duration NOW = Duration.ZERO;
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofDays(1);

    private static final AtomicInteger COUNT = new AtomicInteger();

    // Other tests' threads do not count.
    private final String name = "alarm-" + COUNT.incrementAndGet();
    private final LoneTimer timer = new LoneTimer(name);

    private List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals(name)).toList();
    }

    private void awaitNoThread() throws InterruptedException {
        for (Thread thread : threads()) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        }
        assertThat(threads()).isEmpty();
    }

    private static <T> T get(CompletableFuture<T> result) throws Exception {
        return result.get(30, TimeUnit.SECONDS);
    }

    @Test
    void runsOnceOnADaemonThreadOfItsOwnThatEnds() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        assertThat(threads()).as("before").isEmpty();
        timer.schedule(() -> {
            runs.incrementAndGet();
            thread.complete(Thread.currentThread());
        }, NOW);
        assertThat(get(thread).isDaemon()).isTrue();
        assertThat(get(thread).getName()).isEqualTo(name);
        assertThat(get(thread).getClass().getSuperclass()).as("a platform thread").isEqualTo(Thread.class);
        awaitNoThread();
        assertThat(runs).hasValue(1);
    }

    @Test
    void notBeforeItsTime() throws Exception {
        CompletableFuture<Long> ran = new CompletableFuture<>();
        long begin = System.nanoTime();
        timer.schedule(() -> ran.complete(System.nanoTime()), SOON);
        assertThat(get(ran) - begin).isGreaterThanOrEqualTo(SOON.toNanos());
    }

    @Test
    void waitsOnOneThreadWithoutSpinning() throws Exception {
        timer.schedule(() -> {
        }, NEVER);
        Thread thread = threads().get(0);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(threads()).hasSize(1);
        timer.schedule(() -> {
        }, NOW);
        awaitNoThread();
    }

    @Test
    void aLaterScheduleReplacesAnEarlierOne() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        timer.schedule(() -> ran.complete("first"), NEVER);
        timer.schedule(() -> ran.complete("second"), NOW);
        assertThat(get(ran)).isEqualTo("second");
        awaitNoThread();
    }

    @Test
    void alsoOneThatIsSooner() throws Exception {
        AtomicInteger first = new AtomicInteger();
        CompletableFuture<String> second = new CompletableFuture<>();
        timer.schedule(first::incrementAndGet, Duration.ofMillis(300));
        timer.schedule(() -> second.complete("second"), Duration.ofMillis(400));
        assertThat(get(second)).isEqualTo("second");
        awaitNoThread();
        assertThat(first).hasValue(0);
    }

    @Test
    void cancelled() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Timer.Timeout timeout = timer.schedule(runs::incrementAndGet, NEVER);
        timeout.cancel();
        awaitNoThread();
        timeout.cancel();
        assertThat(runs).hasValue(0);
    }

    @Test
    void againAfterItWasCancelled() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        timer.schedule(() -> ran.complete("first"), NEVER).cancel();
        timer.schedule(() -> ran.complete("second"), NOW);
        assertThat(get(ran)).isEqualTo("second");
        awaitNoThread();
    }

    @Test
    void againAfterItRan() throws Exception {
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Integer> ran = new CompletableFuture<>();
            int number = i;
            timer.schedule(() -> ran.complete(number), NOW);
            assertThat(get(ran)).isEqualTo(i);
        }
        awaitNoThread();
    }

    @Test
    void whatHasRunCancelsNothing() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        Timer.Timeout done = timer.schedule(() -> first.complete("first"), NOW);
        get(first);
        awaitNoThread();
        timer.schedule(() -> second.complete("second"), SOON);
        done.cancel();
        assertThat(get(second)).isEqualTo("second");
    }

    @Test
    void aTaskMayBlockAndTheNextHasAThreadOfItsOwn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<String> blocks = new CompletableFuture<>();
        CompletableFuture<String> next = new CompletableFuture<>();
        timer.schedule(() -> {
            blocks.complete("blocks");
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }, NOW);
        get(blocks);
        timer.schedule(() -> next.complete("next"), NOW);
        assertThat(get(next)).isEqualTo("next");
        release.countDown();
        awaitNoThread();
    }

    /** The last call decides: nothing that was scheduled then is lost, and nothing runs twice. */
    @RepeatedTest(200)
    void race() throws Exception {
        AtomicInteger[] runs = IntStream.range(0, 3).mapToObj(i -> new AtomicInteger()).toArray(AtomicInteger[]::new);
        CyclicBarrier barrier = new CyclicBarrier(runs.length);
        List<CompletableFuture<Void>> all = IntStream.range(0, runs.length)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    await(barrier);
                    Timer.Timeout timeout = timer.schedule(runs[i]::incrementAndGet, i == 0 ? NOW : NEVER);
                    if (i != 0) {
                        timeout.cancel();
                    }
                }, task -> new Thread(task, "races").start())).toList();
        get(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)));
        awaitNoThread();
        assertThat(runs[0].get()).isBetween(0, 1);
        assertThat(runs[1]).hasValue(0);
        assertThat(runs[2]).hasValue(0);
        CompletableFuture<String> last = new CompletableFuture<>();
        timer.schedule(() -> last.complete("last"), NOW);
        assertThat(get(last)).isEqualTo("last");
        awaitNoThread();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
