package io.quarkiverse.procdaemon.runtime.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

/** The messages of one consumer, on one thread. Its subsystem is {@code ledger}, which needs {@code journal}. */
class GatedStreamTest {

    private static final IllegalStateException DISK_FULL = new IllegalStateException("disk full");

    private final FakeSubsystems subsystems = new FakeSubsystems();
    private final FakeChannel channel = new FakeChannel();
    private final FakeConsumer consumer = new FakeConsumer();
    private GatedStream stream = stream(true, true, true);

    private GatedStream stream(boolean acknowledged, boolean keeps, boolean connected) {
        Gate gate = new Gate("ledger", List.of("ledger", "journal"), subsystems::begin);
        GatedStream made = new GatedStream(
                new Consumption("channel 'orders'", "Ledger.order", gate, acknowledged, keeps, connected), consumer);
        made.onSubscribe(channel);
        return made;
    }

    private void open() {
        subsystems.open("journal");
        subsystems.open("ledger");
        stream.wake();
    }

    private void send(Object... payloads) {
        for (Object payload : payloads) {
            stream.onItem(channel.message(payload));
        }
    }

    private void assertNothingInWork() {
        assertThat(subsystems.inFlight("ledger")).as("work in flight of ledger").isZero();
        assertThat(subsystems.inFlight("journal")).as("work in flight of journal").isZero();
    }

    private void assertEnded(String why) {
        assertThat(subsystems.failures("ledger")).singleElement().isInstanceOf(ChannelEndedException.class)
                .extracting(Throwable::getMessage).isEqualTo("channel 'orders' has ended because " + why
                        + ", so Ledger.order gets no more messages; restart the process");
    }

    @Test
    void asksForNothingBeforeTheGateOpens() {
        stream.request(3);
        subsystems.open("ledger");
        stream.wake();
        assertThat(channel.requested).as("while the journal is shut").isZero();
        assertNothingInWork();
        open();
        assertThat(channel.requested).isEqualTo(3);
        stream.wake();
        assertThat(channel.requested).as("when woken again").isEqualTo(3);
        stream.request(2);
        assertThat(channel.requested).isEqualTo(5);
        assertNothingInWork();
    }

    @Test
    void holdsInOrderWhatArrivesWhenTheGateIsShut() {
        open();
        stream.request(3);
        subsystems.shut("journal");
        send(1, 2);
        stream.wake();
        assertThat(consumer.messages).isEmpty();
        assertNothingInWork();
        open();
        send(3);
        assertThat(consumer.payloads()).containsExactly(1, 2, 3);
        assertThat(channel.requested).isEqualTo(3);
    }

    @Test
    void handsOnNoMoreThanTheConsumerHasAskedFor() {
        open();
        stream.request(1);
        send(1, 2);
        assertThat(consumer.payloads()).containsExactly(1);
        stream.request(1);
        assertThat(consumer.payloads()).containsExactly(1, 2);
        assertThat(channel.requested).as("what arrived unasked is counted").isEqualTo(1);
    }

    @Test
    void aMessageIsInWorkUntilItsAcknowledgmentHasEnded() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        channel.end = () -> end;
        open();
        stream.request(1);
        send(1);
        CompletableFuture<Void> acknowledged = consumer.last().ack().toCompletableFuture();
        assertThat(channel.acknowledged).containsExactly(1);
        assertThat(subsystems.inFlight("ledger")).isEqualTo(1);
        assertThat(subsystems.inFlight("journal")).isEqualTo(1);
        assertThat(acknowledged).isNotDone();
        end.complete(null);
        assertThat(acknowledged).isCompleted();
        assertNothingInWork();
    }

    @Test
    void keepsTheMessageOnWhichTheConsumerHasFailed() {
        open();
        stream.request(2);
        send(1, 2);
        assertThat(consumer.last().ack().toCompletableFuture()).isCompleted();
        assertThat(consumer.messages.get(0).nack(DISK_FULL).toCompletableFuture()).isCompleted();
        assertThat(subsystems.failures("ledger")).containsExactly(DISK_FULL);
        assertThat(channel.refused).isEmpty();
        assertNothingInWork();
        stream.request(2);
        open();
        send(3);
        assertThat(consumer.payloads()).as("the kept one is the first").containsExactly(1, 2, 1, 3);
        assertThat(channel.requested).as("messages taken").isEqualTo(3);
    }

    @Test
    void aKeptMessageIsTheFirstOfTheNextRunAndNotForTheOneThatHasFailed() {
        open();
        stream.request(3);
        send(1);
        subsystems.shut("journal");
        send(2);
        subsystems.open("journal"); // The stream does not know yet.
        consumer.last().nack(DISK_FULL);
        assertThat(consumer.payloads()).as("although there is demand").containsExactly(1);
        open();
        assertThat(consumer.payloads()).containsExactly(1, 1, 2);
    }

    @Test
    void messagesDoNotPileUpWhenOneFailsAgainAndAgain() {
        stream.request(1);
        channel.onRequest = () -> send("next");
        open();
        for (int i = 0; i < 50; i++) {
            consumer.last().nack(DISK_FULL);
            stream.request(1);
            open();
        }
        assertThat(channel.requested).isEqualTo(1);
        assertThat(consumer.messages).hasSize(51);
        consumer.last().ack();
        stream.request(1);
        assertThat(channel.requested).isEqualTo(2);
    }

    @Test
    void asksForNoMoreThanTheDemandWhenSeveralFailAtATime() {
        open();
        stream.request(16);
        for (int i = 0; i < 16; i++) {
            send(i);
        }
        consumer.messages.forEach(message -> message.nack(DISK_FULL));
        for (int i = 0; i < 16; i++) {
            stream.request(1);
        }
        open();
        assertThat(channel.requested).isEqualTo(16);
        assertThat(consumer.messages).hasSize(32);
        stream.request(1);
        assertThat(channel.requested).isEqualTo(17);
    }

    @Test
    void passesOnARefusalThatIsNotToBeKept() {
        stream = stream(true, false, true);
        open();
        stream.request(1);
        send(1);
        consumer.last().nack(DISK_FULL);
        assertThat(channel.refused).containsExactly(1);
        assertThat(subsystems.failures("ledger")).isEmpty();
        assertNothingInWork();
    }

    @Test
    void aMessageThatIsNotAcknowledgedIsInWorkUntilTheNextDemand() {
        stream = stream(false, true, true);
        open();
        stream.request(2);
        send(1, 2);
        consumer.last().ack();
        assertThat(channel.acknowledged).containsExactly(2);
        assertThat(subsystems.inFlight("ledger")).isEqualTo(2);
        stream.request(1);
        assertThat(subsystems.inFlight("ledger")).isEqualTo(1);
        stream.request(5);
        assertNothingInWork();
    }

    @Test
    void aMessageIsInWorkNoLongerWhenItsAcknowledgmentThrows() {
        open();
        stream.request(2);
        send(1, 2);
        channel.end = () -> {
            throw DISK_FULL;
        };
        assertThat(consumer.messages.get(0).ack().toCompletableFuture()).isCompletedExceptionally();
        channel.end = () -> null;
        assertThat(consumer.messages.get(1).ack().toCompletableFuture()).isCompletedExceptionally();
        assertNothingInWork();
        assertThat(subsystems.failures("ledger")).isEmpty();
    }

    @Test
    void aMessageIsInWorkNoLongerWhenItsRefusalThrows() {
        stream = stream(true, false, true);
        open();
        stream.request(2);
        send(1, 2);
        channel.end = () -> {
            throw DISK_FULL;
        };
        assertThat(consumer.messages.get(0).nack(DISK_FULL).toCompletableFuture()).isCompletedExceptionally();
        channel.end = () -> null;
        assertThat(consumer.messages.get(1).nack(DISK_FULL).toCompletableFuture()).isCompletedExceptionally();
        assertNothingInWork();
    }

    @Test
    void aMessageIsInWorkNoLongerWhenItsAcknowledgmentFails() {
        channel.end = () -> CompletableFuture.failedFuture(DISK_FULL);
        open();
        stream.request(1);
        send(1);
        assertThat(consumer.last().ack().toCompletableFuture()).failsWithin(0, TimeUnit.SECONDS).withThrowableThat()
                .withCause(DISK_FULL);
        assertNothingInWork();
    }

    @Test
    void aConnectorThatFailsEndsTheChannelWhenTheMessagesInWorkAreDone() {
        open();
        stream.request(2);
        send(1);
        stream.onFailure(DISK_FULL);
        assertEnded("what delivers its messages has failed (IllegalStateException: disk full)");
        assertThat(consumer.failure).as("while a message is in work").isNull();
        assertThat(subsystems.inFlight("ledger")).isEqualTo(1);
        consumer.last().ack();
        assertThat(consumer.failure).isSameAs(DISK_FULL);
        assertNothingInWork();
        open();
        assertThat(subsystems.failures("ledger")).as("no run of the subsystem works").hasSize(2);
        send(2);
        assertThat(consumer.payloads()).containsExactly(1);
    }

    @Test
    void theEndOfAChannelFailsTheNextRunIfNoneTakesWork() {
        stream.onFailure(DISK_FULL);
        assertThat(consumer.failure).isSameAs(DISK_FULL);
        assertThat(subsystems.failures("ledger")).isEmpty();
        open();
        assertEnded("what delivers its messages has failed (IllegalStateException: disk full)");
        assertNothingInWork();
    }

    @Test
    void aConnectorThatCompletesEndsTheChannel() {
        open();
        stream.onCompletion();
        assertEnded("its connector has completed it");
        assertThat(consumer.complete).isTrue();
    }

    @Test
    void anInternalChannelMayComplete() {
        stream = stream(true, true, false);
        stream.request(1);
        send(1);
        stream.onCompletion();
        assertThat(consumer.complete).as("while a message is held").isFalse();
        open();
        assertThat(consumer.complete).as("while a message is in work").isFalse();
        consumer.last().nack(DISK_FULL);
        assertThat(consumer.complete).as("while a message is kept").isFalse();
        stream.request(1);
        open();
        consumer.last().ack();
        assertThat(consumer.payloads()).containsExactly(1, 1);
        assertThat(consumer.complete).isTrue();
        assertThat(subsystems.failures("ledger")).containsExactly(DISK_FULL);
        stream.cancel();
        assertThat(subsystems.failures("ledger")).as("after the completion").containsExactly(DISK_FULL);
    }

    @Test
    void aConsumerThatGivesUpGetsNothingMore() {
        open();
        stream.request(3);
        send(1, 2);
        stream.cancel();
        assertThat(channel.cancelled).isTrue();
        assertEnded("its consumer has failed with a message that it should have acknowledged itself, or that could not be"
                + " acknowledged; the log has the exception");
        assertNothingInWork();
        open();
        send(3);
        stream.request(1);
        stream.onFailure(DISK_FULL);
        stream.onCompletion();
        assertThat(consumer.payloads()).containsExactly(1, 2);
        assertThat(consumer.failure).isNull();
        assertThat(consumer.complete).isFalse();
        assertThat(channel.requested).isEqualTo(3);
        assertNothingInWork();
    }

    @Test
    void aConsumerThatGivesUpOnAMessageGetsNothingMore() {
        open();
        stream.request(3);
        subsystems.shut("ledger");
        send(1, 2, 3);
        consumer.action = message -> stream.cancel();
        open();
        assertThat(consumer.payloads()).containsExactly(1);
        assertNothingInWork();
    }

    @Test
    void aConsumerThatAsksForNothingIsGivenUp() {
        open();
        stream.request(0);
        assertThat(channel.cancelled).isTrue();
        assertThat(consumer.failure).isInstanceOf(IllegalArgumentException.class);
        assertThat(subsystems.failures("ledger")).hasSize(1);
        stream.request(-1);
        assertThat(subsystems.failures("ledger")).hasSize(1);
    }

    @Test
    void aConsumerMayAskForAllMessages() {
        open();
        stream.request(1);
        stream.request(Long.MAX_VALUE);
        stream.request(Long.MAX_VALUE);
        assertThat(channel.requested).isEqualTo(Long.MAX_VALUE);
        channel.requested = 0;
        send(1, 2);
        consumer.last().nack(DISK_FULL);
        open();
        send(3);
        stream.request(1);
        assertThat(consumer.payloads()).containsExactly(1, 2, 2, 3);
        assertThat(channel.requested).as("after it was asked for all").isZero();
    }

    @Test
    void messagesMayArriveAndBeAcknowledgedWithinTheCallsThatLeadToThem() {
        int most = 20_000; // A stack would not hold as many nested calls.
        channel.onRequest = () -> send(channel.requested);
        consumer.action = message -> {
            message.ack();
            if (consumer.messages.size() < most) {
                stream.request(1);
            }
        };
        stream.request(1);
        open();
        assertThat(consumer.messages).hasSize(most);
        assertThat(channel.acknowledged).hasSize(most).isSorted();
        assertNothingInWork();
    }
}
