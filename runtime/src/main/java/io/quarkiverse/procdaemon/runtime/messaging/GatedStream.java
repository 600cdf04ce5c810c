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
 * never more than was asked for. Any thread may call the methods; one at a time hands on messages.
 */
final class GatedStream implements MultiSubscriber<Message<?>>, Flow.Subscription, ContextSupport {

    private final Consumption consumption;
    private final MultiSubscriber<? super Message<?>> downstream;
    private Flow.@Nullable Subscription upstream;
    private final Deque<Message<?>> held = new ConcurrentLinkedDeque<>();
    /** Of messages that are not acknowledged, the oldest first. */
    private final Queue<Admission> inWork = new ConcurrentLinkedQueue<>();
    /** How many messages the consumer can take now. */
    private final AtomicLong demand = new AtomicLong();
    /** How many of these were not asked for; negative if more are held than that. */
    private final AtomicLong owed = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean complete;
    private volatile boolean over;
    private volatile @Nullable Throwable failure;
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

    private void end(String why) {
        ChannelEndedException reason = consumption.ended(why);
        ended = reason;
        consumption.gate().fail(reason);
    }

    @Override
    public void request(long count) {
        if (count <= 0) {
            cancel();
            downstream.onFailure(Subscriptions.getInvalidRequestException());
            return;
        }
        if (!consumption.acknowledged()) {
            closeOldest(count);
        }
        Subscriptions.add(demand, count);
        Subscriptions.add(owed, count);
        advance();
    }

    private void closeOldest(long count) {
        Admission oldest;
        for (long left = count; left > 0 && (oldest = inWork.poll()) != null; left--) {
            oldest.close();
        }
    }

    /** Called when the application stops, and when the consumer has failed in such a way that SmallRye gives it up. */
    @Override
    public void cancel() {
        over = true;
        upstream.cancel();
        closeOldest(Long.MAX_VALUE);
        if (ended == null) {
            end("its consumer has failed with a message that it should have acknowledged itself, or that could not be "
                    + "acknowledged; the log has the exception");
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
            Subscriptions.produced(demand, 1);
            downstream.onItem(tracked(held.pollFirst(), admission));
        }
        if (over) {
            return;
        }
        if (failure != null) {
            over = true;
            downstream.onFailure(failure);
        } else if (complete && held.isEmpty()) {
            over = true;
            downstream.onCompletion();
        } else if (owed.get() > 0 && consumption.gate().isOpen()) {
            long missing = owed.getAndUpdate(now -> Math.min(now, 0));
            if (missing > 0) {
                upstream.request(missing);
            }
        }
    }

    private <T> Message<T> tracked(Message<T> message, Admission admission) {
        if (!consumption.acknowledged()) {
            inWork.add(admission);
            return message;
        }
        return message.withAckWithMetadata(metadata -> closing(message.ack(metadata), admission))
                .withNackWithMetadata((reason, metadata) -> consumption.keeps() ? keep(message, reason, admission)
                        : closing(message.nack(reason, metadata), admission));
    }

    private static CompletionStage<Void> closing(CompletionStage<Void> end, Admission admission) {
        return end.whenComplete((nothing, thrown) -> admission.close());
    }

    /** The run is known to have failed before the message is held again, so it cannot get that once more. */
    private CompletionStage<Void> keep(Message<?> message, Throwable reason, Admission admission) {
        admission.fail(Thrown.unwrapped(reason));
        owed.decrementAndGet();
        held.addFirst(message);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Context context() {
        return downstream instanceof ContextSupport upper ? upper.context() : Context.empty();
    }
}
