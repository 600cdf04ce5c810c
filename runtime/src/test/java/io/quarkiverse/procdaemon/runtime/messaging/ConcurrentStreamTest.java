package io.quarkiverse.procdaemon.runtime.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;

/**
 * Threads send messages while the consumer's subsystem is started and stopped again and again, with what SmallRye puts behind a
 * gate. {@code -Dstream.rounds=N}: how often (default 1).
 */
class ConcurrentStreamTest {

    private static final int ROUNDS = Integer.getInteger("stream.rounds", 1);
    private static final int SENDERS = 3;
    private static final int MESSAGES = 150;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void oneMessageAtATime() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Round round = new Round(true);
            round.play(gated -> gated.onItem().transformToUniAndConcatenate(round::process));
            round.processedInOrder();
        }
    }

    @Test
    void severalMessagesAtATime() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Round round = new Round(true);
            round.play(gated -> gated.onItem().transformToUni(round::process).merge(16));
        }
    }

    @Test
    void messagesThatTheirConsumerAcknowledges() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Round round = new Round(false);
            round.play(gated -> gated.onItem().transformToUniAndConcatenate(round::process));
            round.processedInOrder();
        }
    }

    /** The message of a sender. */
    private record Sent(int sender, int number) {
    }

    private final class Round {

        private final FakeSubsystems subsystems = new FakeSubsystems();
        private final boolean acknowledged;
        private final Queue<Sent> processed = new ConcurrentLinkedQueue<>();
        private final Queue<Sent> confirmed = new ConcurrentLinkedQueue<>();
        private final Queue<Sent> late = new ConcurrentLinkedQueue<>();
        private final Collection<GatedStream> streams = new ConcurrentLinkedQueue<>();
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private volatile boolean stopped = true;

        Round(boolean acknowledged) {
            this.acknowledged = acknowledged;
        }

        void play(Function<Multi<Message<?>>, Multi<Message<?>>> behind) throws Exception {
            CompletableFuture<MultiEmitter<? super Message<?>>> emitter = new CompletableFuture<>();
            Multi<Message<?>> channel = Multi.createFrom().<Message<?>> emitter(emitter::complete, BackPressureStrategy.BUFFER);
            Gate gate = new Gate("ledger", List.of("ledger"), subsystems::begin);
            Consumption consumption = new Consumption("channel 'orders'", "Ledger.order", gate, acknowledged, true, false);
            behind.apply(new GatedMulti(channel, consumption, streams)).subscribe().with(message -> {
            }, end::completeExceptionally, () -> end.complete(null));
            Future<?> starts = threads.submit(this::startAndStop);
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                int sender = i;
                senders.add(threads.submit(() -> IntStream.range(0, MESSAGES)
                        .forEach(number -> emitter.join().emit(message(new Sent(sender, number))))));
            }
            for (Future<?> sender : senders) {
                sender.get(60, TimeUnit.SECONDS);
            }
            emitter.join().complete();
            assertThat(end).succeedsWithin(60, TimeUnit.SECONDS);
            starts.get(60, TimeUnit.SECONDS);
            assertThat(late).as("processed while stopped").isEmpty();
            assertThat(processed).hasSize(SENDERS * MESSAGES).doesNotHaveDuplicates();
            assertThat(confirmed).containsExactlyInAnyOrderElementsOf(processed);
            subsystems.awaitIdle("ledger");
        }

        void processedInOrder() {
            for (int i = 0; i < SENDERS; i++) {
                int sender = i;
                assertThat(processed.stream().filter(sent -> sent.sender() == sender).map(Sent::number)).isSorted();
            }
        }

        private Message<Sent> message(Sent sent) {
            return Message.of(sent, () -> CompletableFuture.runAsync(() -> confirmed.add(sent), threads));
        }

        /** As the engine: a subsystem is stopped when no work is in flight, and the gates are woken when it has started. */
        private Void startAndStop() throws InterruptedException {
            while (!end.isDone()) {
                stopped = false;
                subsystems.open("ledger");
                streams.forEach(GatedStream::wake);
                for (int i = ThreadLocalRandom.current().nextInt(20_000); i > 0; i--) {
                    Thread.onSpinWait();
                }
                subsystems.shut("ledger");
                subsystems.awaitIdle("ledger");
                stopped = true;
            }
            return null;
        }

        /** As SmallRye invokes a method on a worker thread. */
        private Uni<Message<?>> process(Message<?> message) {
            return Uni.createFrom().item(() -> work((Sent) message.getPayload())).runSubscriptionOn(threads)
                    .onItemOrFailure().transformToUni((sent, failure) -> Uni.createFrom()
                            .completionStage(
                                    (failure == null ? message.ack() : message.nack(failure)).thenApply(done -> message)));
        }

        private Sent work(Sent sent) {
            if (stopped) {
                late.add(sent);
            }
            if (acknowledged && ThreadLocalRandom.current().nextInt(20) == 0) {
                throw new IllegalStateException("disk full");
            }
            processed.add(sent);
            return sent;
        }
    }
}
