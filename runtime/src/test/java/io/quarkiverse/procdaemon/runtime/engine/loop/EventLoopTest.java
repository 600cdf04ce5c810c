package io.quarkiverse.procdaemon.runtime.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;

@Timeout(120)
class EventLoopTest {

    private static final int POSTERS = 4;
    private static final int MESSAGES = 50_000;

    /** Confined to the event loop. */
    private final List<String> handled = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger after = new AtomicInteger();
    private final AtomicInteger outOfMemory = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final Runnable deep = say("deep");
    private final EventLoop loop = new EventLoop(new Noting(), new SteppedClock(), after::getAndIncrement,
            outOfMemory::getAndIncrement);

    private final class SteppedClock implements Clock {

        @Override
        public long nanos() {
            return nanos.get();
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }
    }

    /** Keeps the threads that were started. */
    private final class Noting implements Threads {
        @Override
        public synchronized Thread start(ThreadKind kind, String name, Runnable task) {
            Thread thread = new SystemThreads().start(kind, name, task);
            threads.add(thread);
            return thread;
        }
    }

    @AfterEach
    void close() {
        loop.close();
    }

    private Runnable say(String what) {
        return () -> handled.add(what);
    }

    /** Waits until all that was posted is done. */
    private void settle() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> done.complete(null));
        assertThat(done).succeedsWithin(Duration.ofSeconds(60));
    }

    @Test
    void whatAMessagePostsIsHandledAfterItInTheOrderOfItsArrival() {
        loop.execute(() -> {
            for (int i = 0; i < 5; i++) {
                loop.execute(say("later " + i));
            }
            loop.execute(() -> loop.execute(say("last")));
            handled.add("first");
        });
        // What it posts posts one more.
        IntStream.range(0, 3).forEach(turn -> settle());
        assertThat(handled).containsExactly("first", "later 0", "later 1", "later 2", "later 3", "later 4", "last");
        assertThat(after).hasValueGreaterThanOrEqualTo(8);
    }

    @Test
    void everyMessageIsHandledOnOnePlatformThreadOfItsOwn() {
        List<Thread> on = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            loop.execute(() -> on.add(Thread.currentThread()));
            settle();
        }
        assertThat(on).containsOnly(threads.get(0)).hasSize(3);
        assertThat(threads).hasSize(1).first().matches(Thread::isDaemon).extracting(Thread::getName)
                .isEqualTo("proc-daemon-loop");
    }

    @Test
    void nothingOfTheCallerReachesAMessage() throws Exception {
        List<Object> seen = new ArrayList<>();
        InheritableThreadLocal<String> context = new InheritableThreadLocal<>();
        run(() -> {
            context.set("request 1");
            Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
            Thread.currentThread().interrupt();
            loop.execute(() -> {
                seen.add(String.valueOf(context.get()));
                seen.add(Thread.currentThread().isInterrupted());
                seen.add(Thread.currentThread().getContextClassLoader() == getClass().getClassLoader());
            });
        }).get(20, TimeUnit.SECONDS);
        settle();
        assertThat(seen).containsExactly("null", false, true);
    }

    @Test
    void aMessageThatFailsKeepsNoOtherFromBeingHandled() {
        loop.execute(() -> {
            throw new OutOfMemoryError("made up");
        });
        loop.execute(() -> {
            throw new StackOverflowError("made up");
        });
        loop.execute(say("and on"));
        settle();
        assertThat(outOfMemory).hasValue(1);
        assertThat(handled).containsExactly("and on");
    }

    @Test
    void norDoesOneThatLeavesNoMemoryToSayIt() {
        EventLoop full = new EventLoop(new Noting(), new SteppedClock(), after::getAndIncrement, () -> {
            throw new OutOfMemoryError("made up, too");
        });
        full.execute(() -> {
            throw new OutOfMemoryError("made up");
        });
        CompletableFuture<Void> next = new CompletableFuture<>();
        full.execute(() -> next.complete(null));
        assertThat(next).succeedsWithin(Duration.ofSeconds(60));
        full.close();
    }

    @Test
    void aMessageThatHasBeenHandledIsNotKept() {
        List<WeakReference<Object>> contents = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Object content = new Object();
            contents.add(new WeakReference<>(content));
            loop.execute(() -> handled.add("kept " + content.hashCode()));
        }
        settle();
        assertThat(handled).hasSize(5);
        for (int i = 0; i < 100 && contents.stream().anyMatch(content -> content.get() != null); i++) {
            System.gc();
        }
        assertThat(contents).allMatch(content -> content.get() == null);
    }

    @Test
    void howLongAMessageTakesIsKnown() {
        assertThat(loop.busy()).isZero();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        loop.execute(() -> {
            begun.countDown();
            awaitOpen(end);
        });
        awaitOpen(begun);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
        assertThat(loop.busy()).isEqualTo(Duration.ofSeconds(5));
        end.countDown();
        settle();
        assertThat(loop.busy()).isZero();
    }

    @Test
    void aCallerAtTheEndOfItsStackLosesItsOwnMessageAtMost() throws Exception {
        loop.execute(say("warm"));
        settle();
        AtomicInteger posted = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            run(() -> postDeepDown(posted)).get(20, TimeUnit.SECONDS);
        }
        loop.execute(say("and on"));
        settle();
        // One may have been queued by a call that found no room to return.
        assertThat(handled).hasSizeGreaterThanOrEqualTo(posted.get() + 2).startsWith("warm").endsWith("deep", "and on");
    }

    /** Posts as deep down as there is room for it, and without success from deeper, where there is less and less. */
    private void postDeepDown(AtomicInteger posted) {
        try {
            postDeepDown(posted);
        } catch (StackOverflowError noRoomBelow) {
            loop.execute(deep);
            posted.getAndIncrement();
        }
    }

    /** The counters are plain: a message lost, handled twice, beside another or unseen by it shows in them. */
    @Test
    void manyThreadsPostAndEachMessageIsHandledOnceByItselfInItsThreadsOrder() throws Exception {
        int[] count = new int[1];
        int[] seen = new int[POSTERS];
        AtomicInteger outOfOrder = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(POSTERS);
        List<CompletableFuture<Void>> posters = IntStream.range(0, POSTERS)
                .mapToObj(poster -> run(() -> {
                    awaitAll(together);
                    for (int i = 0; i < MESSAGES; i++) {
                        int number = i;
                        loop.execute(() -> {
                            count[0]++;
                            if (seen[poster]++ != number) {
                                outOfOrder.getAndIncrement();
                            }
                        });
                    }
                })).toList();
        for (CompletableFuture<Void> poster : posters) {
            poster.get(30, TimeUnit.SECONDS);
        }
        settle();
        assertThat(count[0]).isEqualTo(POSTERS * MESSAGES);
        assertThat(outOfOrder).hasValue(0);
    }

    /** A message a moment apart from the last one finds the thread asleep, about to sleep, or about to wake. */
    @Test
    void aMessageAlwaysWakesTheThread() {
        for (int i = 0; i < 20_000; i++) {
            settle();
        }
        assertThat(threads).hasSize(1);
    }

    @Test
    void theThreadOfOneThatIsClosedEndsAndComesBackForMessages() throws Exception {
        loop.close();
        loop.execute(say("before"));
        settle();
        for (int round = 0; round < 200; round++) {
            threads.get(threads.size() - 1).join(20_000);
            assertThat(threads.get(threads.size() - 1).isAlive()).isFalse();
            loop.execute(say("later"));
            settle();
        }
        assertThat(handled).hasSize(201);
    }

    @Test
    void withoutAThreadItIsOutOfMemory() {
        EventLoop none = new EventLoop((kind, name, task) -> {
            throw new OutOfMemoryError("unable to create native thread");
        }, new SteppedClock(), after::getAndIncrement, outOfMemory::getAndIncrement);
        none.execute(say("never"));
        assertThat(outOfMemory).hasValue(1);
    }

    private static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, onNew -> new Thread(onNew).start());
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).as("it was let go").isTrue();
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void awaitAll(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception late) {
            throw new AssertionError("the others did not come", late);
        }
    }
}
