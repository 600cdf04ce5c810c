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
    private final EventLoop<Runnable> loop = loop(new Noting(), outOfMemory::getAndIncrement);

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

    private EventLoop<Runnable> loop(Threads itsThreads, Runnable noMemory) {
        return new EventLoop<>(itsThreads, new SteppedClock(), message -> {
            message.run();
            after.getAndIncrement();
        }, noMemory);
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
        loop.post(() -> done.complete(null));
        assertThat(done).succeedsWithin(Duration.ofSeconds(60));
    }

    @Test
    void whatAMessagePostsIsHandledAfterItInTheOrderOfItsArrival() {
        loop.post(() -> {
            for (int i = 0; i < 5; i++) {
                loop.post(say("later " + i));
            }
            loop.post(() -> loop.post(say("last")));
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
            loop.post(() -> on.add(Thread.currentThread()));
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
            loop.post(() -> {
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
        loop.post(() -> {
            throw new OutOfMemoryError("made up");
        });
        loop.post(() -> {
            throw new StackOverflowError("made up");
        });
        loop.post(say("and on"));
        settle();
        assertThat(outOfMemory).hasValue(1);
        assertThat(handled).containsExactly("and on");
    }

    @Test
    void norDoesOneThatLeavesNoMemoryToSayIt() {
        EventLoop<Runnable> full = loop(new Noting(), () -> {
            throw new OutOfMemoryError("made up, too");
        });
        full.post(() -> {
            throw new OutOfMemoryError("made up");
        });
        CompletableFuture<Void> next = new CompletableFuture<>();
        full.post(() -> next.complete(null));
        assertThat(next).succeedsWithin(Duration.ofSeconds(60));
        full.close();
    }

    @Test
    void aMessageThatHasBeenHandledIsNotKept() {
        List<WeakReference<Object>> contents = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Object content = new Object();
            contents.add(new WeakReference<>(content));
            loop.post(() -> handled.add("kept " + content.hashCode()));
        }
        settle();
        assertThat(handled).hasSize(5);
        for (int i = 0; i < 100 && contents.stream().anyMatch(content -> content.get() != null); i++) {
            System.gc();
        }
        assertThat(contents).allMatch(content -> content.get() == null);
    }

    @Test
    void timersGoOffInOrderAndThoseOfOneMomentAsTheyWereArmed() {
        loop.post(() -> {
            loop.after(Duration.ofSeconds(3), say("c"));
            loop.after(Duration.ofSeconds(1), say("a"));
            loop.after(Duration.ofSeconds(2), say("b1"));
            loop.after(Duration.ofSeconds(2), say("b2"));
        });
        settle();
        assertThat(loop.timers()).isEqualTo(4);
        assertThat(loop.nextDue()).isEqualTo(nanos.get() + TimeUnit.SECONDS.toNanos(1));
        advance(1);
        assertThat(handled).containsExactly("a");
        advance(1);
        assertThat(handled).containsExactly("a", "b1", "b2");
        advance(1);
        assertThat(handled).containsExactly("a", "b1", "b2", "c");
        assertThat(loop.timers()).isZero();
        assertThat(loop.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aTimerThatIsCancelledNeverGoesOffHoweverManyThereAre() {
        List<TimerQueue.Timeout<Runnable>> armed = new ArrayList<>();
        loop.post(() -> IntStream.range(0, 1_000).forEach(i -> armed.add(loop.after(Duration.ofSeconds(i + 1), say("" + i)))));
        loop.post(
                () -> armed.stream().filter(timeout -> timeout.due() % TimeUnit.SECONDS.toNanos(500) != 0).forEach(timeout -> {
                    timeout.cancel();
                    timeout.cancel();
                }));
        settle();
        assertThat(loop.timers()).isEqualTo(2);
        advance(1_000);
        assertThat(handled).containsExactly("499", "999");
    }

    @Test
    void aTimerThatIsDueMayCancelTheNextOneOfTheSameMoment() {
        List<TimerQueue.Timeout<Runnable>> armed = new ArrayList<>();
        loop.post(() -> {
            loop.after(Duration.ofSeconds(1), () -> armed.forEach(TimerQueue.Timeout::cancel));
            armed.add(loop.after(Duration.ofSeconds(1), say("never")));
        });
        settle();
        advance(1);
        assertThat(handled).isEmpty();
    }

    @Test
    void aFloodOfMessagesDoesNotHoldUpATimer() {
        CountDownLatch end = new CountDownLatch(1);
        loop.post(() -> {
            loop.after(Duration.ofSeconds(1), end::countDown);
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
            loop.post(new Runnable() {
                @Override
                public void run() {
                    if (end.getCount() > 0) {
                        loop.post(this);
                        loop.post(this);
                    }
                }
            });
        });
        awaitOpen(end);
        settle();
    }

    @Test
    void theWaitOfTheThreadEndsAtTheNextTimer() {
        EventLoop<Runnable> real = new EventLoop<>(new SystemThreads(), Clock.SYSTEM, Runnable::run, () -> {
        });
        CountDownLatch rung = new CountDownLatch(100);
        real.post(new Runnable() {
            @Override
            public void run() {
                rung.countDown();
                if (rung.getCount() > 0) {
                    real.after(Duration.ofMillis(1), this);
                }
            }
        });
        awaitOpen(rung);
        real.close();
    }

    /** Moves the clock on, and waits until what is due has gone off. */
    private void advance(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        loop.wake();
        settle();
    }

    @Test
    void howLongTheOldestMessageHasWaitedIsKnown() {
        assertThat(loop.age()).isZero();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        loop.post(() -> {
            begun.countDown();
            awaitOpen(end);
        });
        awaitOpen(begun);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
        assertThat(loop.age()).isEqualTo(Duration.ofSeconds(5));
        loop.post(say("second"));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
        assertThat(loop.age()).isEqualTo(Duration.ofSeconds(10));
        end.countDown();
        settle();
        assertThat(loop.age()).isZero();
    }

    @Test
    void aCallerAtTheEndOfItsStackLosesItsOwnMessageAtMost() throws Exception {
        loop.post(say("warm"));
        settle();
        AtomicInteger posted = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            run(() -> postDeepDown(posted)).get(20, TimeUnit.SECONDS);
        }
        loop.post(say("and on"));
        settle();
        // One may have been queued by a call that found no room to return.
        assertThat(handled).hasSizeGreaterThanOrEqualTo(posted.get() + 2).startsWith("warm").endsWith("deep", "and on");
    }

    /** Posts as deep down as there is room for it, and without success from deeper, where there is less and less. */
    private void postDeepDown(AtomicInteger posted) {
        try {
            postDeepDown(posted);
        } catch (StackOverflowError noRoomBelow) {
            loop.post(deep);
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
                        loop.post(() -> {
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
        loop.post(say("before"));
        settle();
        for (int round = 0; round < 200; round++) {
            threads.get(threads.size() - 1).join(20_000);
            assertThat(threads.get(threads.size() - 1).isAlive()).isFalse();
            loop.post(say("later"));
            settle();
        }
        assertThat(handled).hasSize(201);
    }

    @Test
    void withoutAThreadItIsOutOfMemory() {
        EventLoop<Runnable> none = loop((kind, name, task) -> {
            throw new OutOfMemoryError("unable to create native thread");
        }, outOfMemory::getAndIncrement);
        none.post(say("never"));
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
