package io.quarkiverse.procdaemon.runtime.engine.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;

@Timeout(60)
class MailboxTest {

    private static final int POSTERS = 4;
    private static final int MESSAGES = 50_000;

    /** Confined to the mailbox. */
    private final List<String> handled = new ArrayList<>();
    private final AtomicInteger after = new AtomicInteger();
    private final AtomicInteger outOfMemory = new AtomicInteger();
    private final Runnable deep = say("deep");
    private final Mailbox mailbox = new Mailbox(Ticker.SYSTEM, after::getAndIncrement, outOfMemory::getAndIncrement);

    @Test
    void whatAMessagePostsIsHandledAfterItInTheOrderOfItsArrival() {
        mailbox.execute(() -> {
            for (int i = 0; i < 5; i++) {
                mailbox.execute(say("later " + i));
            }
            mailbox.execute(() -> mailbox.execute(say("last")));
            handled.add("first");
        });
        assertThat(handled).containsExactly("first", "later 0", "later 1", "later 2", "later 3", "later 4", "last");
        assertThat(after).hasValue(8);
    }

    private Runnable say(String what) {
        return () -> handled.add(what);
    }

    /** So that who handles them leaves in the last place of a chunk and in the first of the next. */
    @ParameterizedTest
    @ValueSource(ints = { Chunk.SIZE - 1, Chunk.SIZE, Chunk.SIZE + 1, 2 * Chunk.SIZE, 5 * Chunk.SIZE + 1 })
    void asManyAsFillAChunkAreHandledAndThoseAfterThem(int messages) {
        for (int round = 0; round < 3; round++) {
            handled.clear();
            mailbox.execute(() -> IntStream.range(0, messages).forEach(i -> mailbox.execute(say("in it " + i))));
            mailbox.execute(say("alone"));
            assertThat(handled).hasSize(messages + 1).startsWith("in it 0", "in it 1").endsWith("in it " + (messages - 1),
                    "alone");
        }
        assertThat(after).hasValue(3 * (messages + 2));
    }

    @Test
    void aMessageThatFailsKeepsNoOtherFromBeingHandled() {
        mailbox.execute(() -> {
            mailbox.execute(() -> {
                throw new OutOfMemoryError("made up");
            });
            mailbox.execute(say("and on"));
        });
        assertThat(outOfMemory).hasValue(1);
        mailbox.execute(say("once more"));
        assertThat(handled).containsExactly("and on", "once more");
        assertThat(mailbox.busy()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aMessageThatHasBeenHandledIsNotKept() throws Exception {
        List<WeakReference<Object>> contents = new ArrayList<>();
        mailbox.execute(() -> {
            for (int i = 0; i < 5; i++) {
                Object content = new Object();
                contents.add(new WeakReference<>(content));
                mailbox.execute(() -> handled.add("kept " + content.hashCode()));
            }
        });
        assertThat(handled).hasSize(5);
        assertCollected(contents);
    }

    /** It may be old, and nobody have looked for garbage among what is. */
    @Test
    void aChunkThatHasBeenPassedKeepsNotTheOneAfterIt() throws Exception {
        Chunk old = new Chunk();
        List<WeakReference<Object>> next = List.of(new WeakReference<>(old.next()));
        old.pass();
        assertCollected(next);
        assertThat(old.free()).isZero();
    }

    private static void assertCollected(List<WeakReference<Object>> contents) {
        for (int i = 0; i < 100 && contents.stream().anyMatch(content -> content.get() != null); i++) {
            System.gc();
        }
        assertThat(contents).allMatch(content -> content.get() == null);
    }

    /** While it is ahead of what is needed, a heap that is full for a while keeps nobody from being heard. */
    @Test
    void theNextChunkIsMadeWhenTheFirstPlaceOfOneIsTaken() {
        Chunk chunk = new Chunk();
        assertThat(chunk.take()).isZero();
        assertThat(chunk.leaveAtEnd()).as("nothing comes after it").isFalse();
        Chunk next = chunk.next();
        for (int place = 1; place < Chunk.SIZE; place++) {
            assertThat(chunk.take()).isEqualTo(place);
        }
        assertThat(chunk.take()).isGreaterThanOrEqualTo(Chunk.SIZE);
        assertThat(chunk.next()).isSameAs(next);
    }

    @Test
    void whoeverMakesTheChunkThatWasMissingFindsThatSomebodyLeft() {
        Chunk chunk = new Chunk();
        assertThat(chunk.leaveAtEnd()).isTrue();
        assertThat(chunk.next().get(0)).isSameAs(Chunk.LEFT);
        assertThat(new Chunk().next().get(0)).isNull();
    }

    /** A place that is taken and not filled would be waited for for ever. */
    @Test
    void aPosterAtTheEndOfItsStackLosesItsOwnMessageAtMost() throws Exception {
        mailbox.execute(() -> IntStream.range(0, 10).forEach(i -> mailbox.execute(say("warm " + i))));
        CyclicBarrier begin = new CyclicBarrier(2);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Void> busy = run(() -> mailbox.execute(() -> {
            await(begin);
            await(end);
        }));
        await(begin);
        AtomicInteger posted = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            run(() -> postDeepDown(posted)).get(20, TimeUnit.SECONDS);
        }
        end.countDown();
        busy.get(20, TimeUnit.SECONDS);
        mailbox.execute(say("and on"));
        assertThat(handled).hasSize(10 + posted.get() + 1).endsWith("deep", "and on");
    }

    /** Posts as deep down as there is room for it, and without success from deeper, where there is less and less. */
    private void postDeepDown(AtomicInteger posted) {
        try {
            postDeepDown(posted);
        } catch (StackOverflowError noRoomBelow) {
            mailbox.execute(deep);
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
                    await(together);
                    for (int i = 0; i < MESSAGES; i++) {
                        int number = i;
                        mailbox.execute(() -> {
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
        // Whoever posts last may still be at it.
        CompletableFuture<Void> over = new CompletableFuture<>();
        mailbox.execute(() -> over.complete(null));
        over.get(30, TimeUnit.SECONDS);
        assertThat(count[0]).isEqualTo(POSTERS * MESSAGES);
        assertThat(outOfOrder).hasValue(0);
        assertThat(after.get()).isBetween(POSTERS * MESSAGES, POSTERS * MESSAGES + 1);
    }

    private static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, onNew -> new Thread(onNew).start());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).as("it was let go").isTrue();
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception late) {
            throw new AssertionError("the others did not come", late);
        }
    }
}
