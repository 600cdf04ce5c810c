package io.quarkiverse.procdaemon.runtime.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** Delivers messages when a test says so, and records what was asked of it and said of its messages. */
final class FakeChannel implements Flow.Subscription {

    final List<Object> acknowledged = new ArrayList<>();
    final List<Object> refused = new ArrayList<>();
    long requested;
    boolean cancelled;
    Runnable onRequest = () -> {
    };
    /** What acknowledging or refusing a message does. */
    Supplier<@Nullable CompletionStage<Void>> end = () -> CompletableFuture.completedFuture(null);

    Message<?> message(Object payload) {
        return Message.of(payload, () -> {
            acknowledged.add(payload);
            return end.get();
        }, reason -> {
            refused.add(payload);
            return end.get();
        });
    }

    @Override
    public void request(long count) {
        requested += count;
        if (requested < 0) {
            requested = Long.MAX_VALUE;
        }
        onRequest.run();
    }

    @Override
    public void cancel() {
        cancelled = true;
    }
}
