package io.quarkiverse.procdaemon.runtime.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

/**
 * Random messages and consumers, to which random things happen on one thread.
 * <ul>
 * <li>{@code -Dstream.cases=N}: how many (default 300)
 * <li>{@code -Dstream.seed=N}: only that one
 * </ul>
 */
class RandomStreamTest {

    @Test
    void eachMessageIsProcessedAsTheModelSays() {
        Long only = Long.getLong("stream.seed");
        long first = only == null ? 1 : only;
        long last = only == null ? Integer.getInteger("stream.cases", 300) : only;
        for (long seed = first; seed <= last; seed++) {
            Play play = new Play(new SplittableRandom(seed));
            try {
                play.play();
            } catch (RuntimeException | AssertionError failure) {
                fail("A case failed. Play it alone with -Dstream.seed=" + seed + "\n" + String.join("\n", play.diary), failure);
            }
        }
    }

    /** One consumer of the subsystem {@code ledger}, which needs {@code journal}. */
    private static final class Play {

        private static final List<String> NEEDS = List.of("ledger", "journal");

        private final SplittableRandom random;
        private final FakeSubsystems subsystems = new FakeSubsystems();
        private final FakeChannel channel = new FakeChannel();
        private final FakeConsumer consumer = new FakeConsumer();
        private final int concurrency;
        private final GatedStream stream;
        private final List<Message<?>> inWork = new ArrayList<>();
        private final List<Object> processed = new ArrayList<>();
        private final Map<Object, Integer> failures = new HashMap<>();
        private final Map<Object, Integer> deliveries = new HashMap<>();
        /** By message, the run that got it last. */
        private final Map<Object, Integer> runs = new HashMap<>();
        private final boolean atOnce;
        private final List<String> diary = new ArrayList<>();
        private long demanded;
        private int sent;

        Play(SplittableRandom random) {
            this.random = random;
            this.concurrency = random.nextBoolean() ? 1 : random.nextInt(2, 6);
            this.atOnce = random.nextInt(4) == 0;
            Gate gate = new Gate("ledger", NEEDS, subsystems::begin);
            stream = new GatedStream(new Consumption("channel 'orders'", "Ledger.order", gate, true, true, false), consumer);
            consumer.action = this::deliver;
            channel.onRequest = this::asked;
            stream.onSubscribe(channel);
        }

        void play() {
            request(concurrency);
            for (int i = random.nextInt(5, 80); i > 0; i--) {
                step();
                check();
            }
            while (!isDone()) {
                NEEDS.forEach(this::open);
                while (!inWork.isEmpty()) {
                    acknowledge();
                }
                check();
            }
            stream.onCompletion();
            assertThat(consumer.complete).isTrue();
            assertThat(processed).containsExactlyInAnyOrderElementsOf(IntStream.range(0, sent).boxed().toList());
            assertThat(channel.acknowledged).isEqualTo(processed);
            assertThat(channel.refused).isEmpty();
            if (concurrency == 1) {
                assertThat(processed).isSorted();
            }
            deliveries.forEach((payload, count) -> assertThat(count).as("deliveries of %s", payload)
                    .isEqualTo(1 + failures.getOrDefault(payload, 0)));
            assertThat(channel.requested).as("requested").isEqualTo(sent + concurrency);
        }

        private boolean isDone() {
            return processed.size() == sent && NEEDS.stream().allMatch(subsystems::isOpen);
        }

        private void step() {
            String need = NEEDS.get(random.nextInt(NEEDS.size()));
            switch (random.nextInt(7)) {
                case 0 -> open(need);
                case 1 -> {
                    diary.add("shut " + need);
                    subsystems.shut(need);
                }
                case 2, 3 -> {
                    if (sent < channel.requested) {
                        send();
                    }
                }
                case 4, 5 -> {
                    if (!inWork.isEmpty()) {
                        acknowledge();
                    }
                }
                default -> {
                    if (!inWork.isEmpty()) {
                        refuse(inWork.remove(random.nextInt(inWork.size())));
                    }
                }
            }
        }

        private void open(String name) {
            diary.add("open " + name);
            subsystems.open(name);
            stream.wake();
        }

        private void send() {
            diary.add("send " + sent);
            stream.onItem(channel.message(sent++));
        }

        /** Some connectors deliver within the request. */
        private void asked() {
            assertThat(NEEDS).as("asked while shut").allMatch(subsystems::isOpen);
            if (random.nextInt(3) == 0 && sent < 200) {
                send();
            }
        }

        private void deliver(Message<?> message) {
            diary.add("delivered " + message.getPayload());
            assertThat(NEEDS).as("delivered while shut").allMatch(subsystems::isOpen);
            deliveries.merge(message.getPayload(), 1, Integer::sum);
            assertThat(inWork.size()).as("in work").isLessThan(concurrency);
            if (concurrency == 1) {
                assertThat(message.getPayload()).isEqualTo(processed.size());
            }
            runs.put(message.getPayload(), subsystems.run("ledger"));
            inWork.add(message);
            if (atOnce && random.nextBoolean()) {
                acknowledge();
            } else if (atOnce && random.nextInt(4) == 0) {
                refuse(inWork.remove(inWork.size() - 1));
            }
        }

        private void acknowledge() {
            Message<?> message = inWork.remove(random.nextInt(inWork.size()));
            diary.add("ack " + message.getPayload());
            processed.add(message.getPayload());
            assertThat(message.ack().toCompletableFuture()).isCompleted();
            request(1);
        }

        private void refuse(Message<?> message) {
            diary.add("nack " + message.getPayload());
            failures.merge(message.getPayload(), 1, Integer::sum);
            int failed = runs.get(message.getPayload());
            assertThat(message.nack(new IllegalStateException("disk full")).toCompletableFuture()).isCompleted();
            assertThat(subsystems.run("ledger")).as("a run that takes work").isNotEqualTo(failed);
            request(1);
        }

        private void request(int count) {
            demanded += count;
            stream.request(count);
        }

        private void check() {
            assertThat(channel.requested).as("requested").isLessThanOrEqualTo(demanded);
            for (String need : NEEDS) {
                assertThat(subsystems.inFlight(need)).as("in flight").isEqualTo(inWork.size());
            }
        }
    }
}
