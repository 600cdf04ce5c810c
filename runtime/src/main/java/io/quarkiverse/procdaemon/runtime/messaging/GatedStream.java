package io.quarkiverse.procdaemon.runtime.messaging;

import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.smallrye.mutiny.Context;
import io.smallrye.mutiny.helpers.Subscriptions;
import io.smallrye.mutiny.subscription.ContextSupport;
import io.smallrye.mutiny.subscription.MultiSubscriber;

/**
 * Hands messages to a consumer while its gate is open, and asks for more only then: so a connector fetches nothing that nobody
 * takes, and Kafka assigns no partition to a consumer that has not started. What arrives when the gate has just shut is held,
 * never more than was asked for. Any thread may call the methods; one at a time hands on messages, and the end after the last
 * of them is done.
 */
final class GatedStream implements MultiSubscriber<Message<?>>, Flow.Subscription, ContextSupport {

    private final Consumption consumption;
    private final MultiSubscriber<? super Message<?>> downstream;
    private Flow.@Nullable Subscription upstream;
    private final Deque<Message<?>> held = new ConcurrentLinkedDeque<>();
    /** Of the messages that the consumer has, the oldest first. */
    private final Queue<Admission> inWork = new ConcurrentLinkedQueue<>();
    /** How many messages the consumer can take now. */
    private final AtomicLong demand = new AtomicLong();
    /** How many messages were asked for and have not arrived. */
    private final AtomicLong awaited = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean complete;
    private volatile @Nullable Throwable failure;
    /** Whether the consumer knows the end or has given up. */
    private volatile boolean over;
    /** Why there will be no more messages although there should be. */
    private volatile @Nullable ChannelEndedException ended;

    GatedStream(Consumption consumption, MultiSubscriber<? super Message<?>> downstream) {
        this.consumption = consumption;
        this.downstream = downstream;
    }

    /** The gate may have opened. */
    void wake() {
        ChannelEndedException reason = ended;
        if (reason != null) {
            consumption.gate().fail(reason);
        }
        advance();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        downstream.onSubscribe(this);
    }

    @Override
    public void onItem(Message<?> message) {
        held.addLast(message);
        Subscriptions.produced(awaited, 1);
        advance();
    }

    @Override
    public void onFailure(Throwable thrown) {
        failure = thrown;
        end("what delivers its messages has failed (" + Thrown.of(thrown).summary() + ")");
        advance();
    }

    @Override
    public void onCompletion() {
        complete = true;
        if (consumption.connected()) {
            end("its connector has completed it");
        }
        advance();
    }

    @Override
    public void request(long count) {
        if (count <= 0) {
            upstream.cancel();
            onFailure(Subscriptions.getInvalidRequestException());
            return;
        }
        if (!consumption.acknowledged()) {
            closeOldest(count);
        }
        Subscriptions.add(demand, count);
        advance();
    }

    /** Called when the application stops, and when the consumer has failed in such a way that SmallRye gives it up. */
    @Override
    public void cancel() {
        if (!over) {
            over = true;
            upstream.cancel();
            end("its consumer has failed with a message that it should have acknowledged itself, or that could not be "
                    + "acknowledged; the log has the exception");
        }
        advance();
    }

    private void end(String why) {
        if (ended == null) {
            ChannelEndedException reason = consumption.ended(why);
            ended = reason;
            consumption.gate().fail(reason);
        }
    }

    private void advance() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int handled = 1;
        do {
            handOn();
            handled = calls.addAndGet(-handled);
        } while (handled != 0);
    }

    private void handOn() {
        while (!over && failure == null && demand.get() > 0 && !held.isEmpty()) {
            Admission admission = consumption.gate().admit();
            if (admission == null) {
                return;
            }
            inWork.add(admission);
            Subscriptions.produced(demand, 1);
            downstream.onItem(tracked(held.pollFirst(), admission));
        }
        if (over) {
            closeOldest(Long.MAX_VALUE); // SmallRye has forgotten these messages, so nobody says when they are done.
        } else if (failure != null || complete) {
            handOnEnd();
        } else {
            askForMore();
        }
    }

    private void handOnEnd() {
        if (!inWork.isEmpty()) {
            return; // SmallRye would forget these messages, and one may fail and be kept.
        }
        if (failure != null) {
            over = true;
            downstream.onFailure(failure);
        } else if (held.isEmpty()) {
            over = true;
            downstream.onCompletion();
        }
    }

    private void askForMore() {
        long missing = demand.get() - awaited.get() - held.size(); // In this order: what arrives now is counted twice, not never.
        if (missing > 0 && consumption.gate().isOpen()) {
            Subscriptions.add(awaited, missing);
            upstream.request(missing);
        }
    }

    private Message<?> tracked(Message<?> message, Admission admission) {
        return !consumption.acknowledged() ? message
                : message.withAckWithMetadata(metadata -> closing(admission, () -> message.ack(metadata)))
                        .withNackWithMetadata((reason, metadata) -> consumption.keeps() ? keep(message, reason, admission)
                                : closing(admission, () -> message.nack(reason, metadata)));
    }

    private CompletionStage<Void> closing(Admission admission, Supplier<CompletionStage<Void>> end) {
        return CompletableFuture.completedFuture(null).thenCompose(nothing -> end.get())
                .whenComplete((nothing, thrown) -> close(admission));
    }

    /** The run is known to have failed before the message is held again, so it cannot get that once more. */
    private CompletionStage<Void> keep(Message<?> message, Throwable reason, Admission admission) {
        admission.fail(Thrown.unwrapped(reason));
        held.addFirst(message);
        close(admission);
        return CompletableFuture.completedFuture(null);
    }

    private void close(Admission admission) {
        inWork.remove(admission);
        admission.close();
        advance();
    }

    private void closeOldest(long count) {
        Admission oldest;
        for (long left = count; left > 0 && (oldest = inWork.poll()) != null; left--) {
            oldest.close();
        }
    }

    @Override
    public Context context() {
        return downstream instanceof ContextSupport upper ? upper.context() : Context.empty();
    }
}
