package io.quarkiverse.procdaemon.runtime.engine.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
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

import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;

@Timeout(60)
class MailboxTest {

    private static final int POSTERS = 4;
    private static final int MESSAGES = 50_000;

    /** Confined to the mailbox. */
    private final List<String> handled = new ArrayList<>();
    private final AtomicInteger after = new AtomicInteger();
    private final AtomicInteger outOfMemory = new AtomicInteger();
    private final Mailbox mailbox = new Mailbox(Ticker.SYSTEM, after::getAndIncrement, outOfMemory::getAndIncrement);

    private final class Said extends Mailbox.Letter {

        private final String what;

        Said(String what) {
            this.what = what;
        }

        @Override
        public void run() {
            handled.add(what);
        }
    }

    @Test
    void whatAMessagePostsIsHandledAfterItInTheOrderOfItsArrival() {
        mailbox.execute(() -> {
            for (int i = 0; i < 5; i++) {
                // Those in need of an envelope and those that are none stay in one order.
                mailbox.execute(i % 2 == 0 ? new Said("later " + i) : plain("later " + i));
            }
            mailbox.execute(() -> mailbox.execute(new Said("last")));
            handled.add("first");
        });
        assertThat(handled).containsExactly("first", "later 0", "later 1", "later 2", "later 3", "later 4", "last");
        assertThat(after).hasValue(8);
    }

    private Runnable plain(String what) {
        return () -> handled.add(what);
    }

    @Test
    void aMessageThatFailsKeepsNoOtherFromBeingHandled() {
        mailbox.execute(() -> {
            mailbox.execute(() -> {
                throw new OutOfMemoryError("made up");
            });
            mailbox.execute(new Said("and on"));
        });
        assertThat(outOfMemory).hasValue(1);
        mailbox.execute(new Said("once more"));
        assertThat(handled).containsExactly("and on", "once more");
        assertThat(mailbox.busy()).isEqualTo(Duration.ZERO);
    }

    /** One that has been handled may live for long: as the last one, or because it is old and nobody has looked for garbage. */
    @Test
    void aMessageThatHasBeenHandledKeepsNeitherItsContentNorLaterOnes() throws Exception {
        Said first = new Said("first");
        List<WeakReference<Object>> contents = new ArrayList<>();
        mailbox.execute(() -> {
            mailbox.execute(first);
            for (int i = 0; i < 5; i++) {
                Object content = new Object();
                contents.add(new WeakReference<>(content));
                Runnable message = () -> handled.add("kept " + content.hashCode());
                mailbox.execute(i < 4 ? letter(message) : message);
            }
        });
        assertThat(handled).hasSize(6);
        for (int i = 0; i < 100 && contents.stream().anyMatch(content -> content.get() != null); i++) {
            System.gc();
        }
        assertThat(contents).allMatch(content -> content.get() == null);
        assertThat(first.what).isEqualTo("first");
    }

    /** The counters are plain: a message lost, handled twice, beside another or unseen by it shows in them. */
    @Test
    void manyThreadsPostAndEachMessageIsHandledOnceByItselfInItsThreadsOrder() throws Exception {
        int[] count = new int[1];
        int[] seen = new int[POSTERS];
        AtomicInteger outOfOrder = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(POSTERS);
        List<CompletableFuture<Void>> posters = IntStream.range(0, POSTERS)
                .mapToObj(poster -> CompletableFuture.runAsync(() -> {
                    await(together);
                    for (int i = 0; i < MESSAGES; i++) {
                        int number = i;
                        Runnable message = () -> {
                            count[0]++;
                            if (seen[poster]++ != number) {
                                outOfOrder.getAndIncrement();
                            }
                        };
                        mailbox.execute(number % 2 == 0 ? message : letter(message));
                    }
                }, task -> new Thread(task).start())).toList();
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

    private static Mailbox.Letter letter(Runnable message) {
        return new Mailbox.Letter() {
            @Override
            public void run() {
                message.run();
            }
        };
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception late) {
            throw new AssertionError("the others did not come", late);
        }
    }
}
